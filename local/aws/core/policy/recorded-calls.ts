import type { Permission, Principal } from '../operation.ts'
import type { Store, Table } from '../store.ts'
import type { Decision } from './decision.ts'

/** One thing that somebody did or tried, as often as it may have been. */
export interface RecordedCall {
  readonly principal: Principal
  readonly permission: Permission
  readonly effect: Decision['effect']
  /** The statement that decided: policy and Sid or index. */
  readonly by?: string
}

export const recordedCalls = (store: Store): Table<RecordedCall> => store.table('policy.calls')

const mostRemembered = 20_000

/** Keeps each decision once but for what root may do anyway: sessions of a role are one, the conditions count. */
export const decisionRecorder = (store: Store) => {
  const calls = recordedCalls(store)
  const recent = new Set<string>()
  return (principal: Principal, permission: Permission, decision: Decision): void => {
    if (decision.effect === 'allow' && decision.by === 'root') return
    const { action, resource, context = {} } = permission
    const by =
      'by' in decision && typeof decision.by === 'object'
        ? `${decision.by.policy} #${decision.by.statement}`
        : undefined
    const who = [principal.roleArn ?? principal.arn, principal.sourceArn ?? '']
    const key = [...who, action, resource, JSON.stringify(context), decision.effect, by].join(' ')
    if (recent.has(key)) return
    if (recent.size >= mostRemembered) recent.clear()
    recent.add(key)
    if (!calls.get(key)) calls.put(key, { principal, permission, effect: decision.effect, ...(by && { by }) })
  }
}
