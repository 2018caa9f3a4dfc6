import { parsePolicy } from '../core/policy/document.ts'
import { rolesOf } from '../core/policy/role-record.ts'
import type { RoleRecord } from '../core/policy/role-record.ts'
import type { Store } from '../core/store.ts'
import { resourcesOf, stacks } from '../services/cloudformation/stacks.ts'
import { readTemplate } from '../services/cloudformation/template.ts'

/** One statement of a role: of its trust policy, or of one of its own. */
export interface RoleStatement {
  readonly policy: string
  /** Its place in the policy, from 0. */
  readonly index: number
  readonly actions: readonly string[]
}

/** A role that a template made. */
export interface TemplateRole {
  readonly logicalId: string
  /** The resource as the template has it. Two roles are the same one if these are equal. */
  readonly written: string
  readonly record: RoleRecord
  readonly statements: readonly RoleStatement[]
}

export const trust = 'trust'

const statementsOf = ({ trust: document, inline }: RoleRecord): RoleStatement[] =>
  [
    { policy: trust, text: document, kind: trust },
    ...Object.entries(inline).map(([policy, text]) => ({ policy, text, kind: 'identity' })),
  ].flatMap(({ policy, text, kind }) =>
    parsePolicy(text, kind === trust ? 'trust' : 'identity').Statement.map(
      ({ Action = [], NotAction = [] }, index) => ({
        policy,
        index,
        actions: [...Action, ...NotAction],
      }),
    ),
  )

/** Roles of the stacks that are there, in the order of their logical ids. */
export const templateRoles = (store: Store): TemplateRole[] =>
  stacks({ store })
    .list()
    .map(({ value }) => value)
    .filter(({ status, template }) => status !== 'DELETE_COMPLETE' && template !== '')
    .flatMap((stack) => {
      const { Resources } = readTemplate(stack.template)
      return resourcesOf({ store }, stack).flatMap(({ type, logicalId, physicalId }) => {
        const record = type === 'AWS::IAM::Role' ? rolesOf(store).get(physicalId) : undefined
        if (!record) return []
        return { logicalId, written: JSON.stringify(Resources[logicalId]), record, statements: statementsOf(record) }
      })
    })
