import { createAuthority } from '../core/policy/authority.ts'
import { storedPolicies } from '../core/policy/policy-source.ts'
import { recordedCalls } from '../core/policy/recorded-calls.ts'
import type { RecordedCall } from '../core/policy/recorded-calls.ts'
import { resourcePoliciesOf } from '../core/policy/resource-policies.ts'
import type { RoleRecord } from '../core/policy/role-record.ts'
import type { Store } from '../core/store.ts'
import { services } from '../services/index.ts'
import { templateRoles } from './template-roles.ts'
import type { RoleStatement, TemplateRole } from './template-roles.ts'
import { withoutStatement } from './without-statement.ts'

/** What a platform was asked to do, and the roles by which it decided. */
export interface Recording {
  readonly roles: readonly TemplateRole[]
  /** How many different things the template's roles and services did or tried. */
  readonly calls: number
  /** What a role's policies refuse of it. */
  readonly refused: (role: TemplateRole) => readonly RecordedCall[]
  /** What they would refuse besides if they lacked a statement. */
  readonly refusedWithout: (role: TemplateRole, statement: RoleStatement) => readonly RecordedCall[]
}

/** Calls that a role made, and services' uses of its trust. */
const concerns = ({ Arn }: RoleRecord, { principal, permission }: RecordedCall) =>
  principal.roleArn === Arn || (permission.resource === Arn && permission.action === 'sts:AssumeRole')

/** Reads the calls that a platform recorded in its store, to decide on them again. */
export const readRecording = (store: Store): Recording => {
  const calls = recordedCalls(store)
    .list()
    .map(({ value }) => value)
  const source = storedPolicies(store, resourcePoliciesOf(services))

  const refusedBy = ({ record }: TemplateRole, role: RoleRecord): RecordedCall[] => {
    const [, , , , account = ''] = role.Arn.split(':')
    const changed = { ...source, role: (arn: string) => (arn === role.Arn ? role : source.role(arn)) }
    const { decide } = createAuthority(changed, { account, region: 'us-east-1', now: Date.now, record: () => {} })
    return calls
      .filter((call) => concerns(record, call))
      .filter(({ principal, permission }) => decide(principal, permission).effect !== 'allow')
  }

  const roles = templateRoles(store)
  const refused = (role: TemplateRole) => refusedBy(role, role.record)
  return {
    roles,
    calls: calls.filter((call) => roles.some(({ record }) => concerns(record, call))).length,
    refused,
    refusedWithout: (role, statement) => {
      const already = new Set(refused(role))
      return refusedBy(role, withoutStatement(role.record, statement)).filter((call) => !already.has(call))
    },
  }
}
