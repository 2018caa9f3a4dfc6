import type { Permission, Principal } from '../operation.ts'
import type { Store } from '../store.ts'
import { policiesOf, roleNameOf, rolesOf } from './role-record.ts'
import { speaksOf, statementsOf } from './statements.ts'

/** What the policies say of one permission, and which of them said it. */
export interface Decision extends Permission {
  readonly effect: 'allow' | 'implicit-deny' | 'explicit-deny'
  readonly by?: string
  /** The statement has conditions, which are not evaluated yet. */
  readonly conditional?: true
}

const documents = (store: Store, roleArn: string): [name: string, document: string][] => {
  const role = rolesOf(store).get(roleNameOf(roleArn))
  if (role?.Arn !== roleArn) return []
  const attached = role.attached.map((arn): [string, string] => [arn, policiesOf(store).get(arn)?.document ?? '{}'])
  return [...Object.entries(role.inline), ...attached]
}

/** Root and services may do everything; a role what its inline and managed policies allow and none denies. */
export const decide = (store: Store, principal: Principal, { action, resource }: Permission): Decision => {
  if (principal.kind === 'root' || principal.kind === 'service')
    return { action, resource, effect: 'allow', by: principal.kind }
  const spoken = documents(store, principal.roleArn ?? '').flatMap(([by, document]) =>
    statementsOf(document)
      .filter((statement) => speaksOf(statement, action, resource))
      .map((statement) => ({ by, statement })),
  )
  const decisive = spoken.find(({ statement }) => statement.Effect === 'Deny') ?? spoken[0]
  if (!decisive) return { action, resource, effect: 'implicit-deny' }
  return {
    action,
    resource,
    effect: decisive.statement.Effect === 'Deny' ? 'explicit-deny' : 'allow',
    by: decisive.by,
    ...(decisive.statement.Condition ? { conditional: true } : {}),
  }
}
