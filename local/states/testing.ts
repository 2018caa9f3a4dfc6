import type { State, StateMachine } from './definition.ts'
import type { HistoryEvent } from './history.ts'

/** A machine that starts at its first state. */
export const machine = (
  States: Readonly<Record<string, State>>,
  more: { readonly TimeoutSeconds?: number } = {},
): StateMachine => ({ QueryLanguage: 'JSONata', StartAt: Object.keys(States)[0] ?? '', States, ...more })

export const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } as const

export const typesOf = (events: readonly HistoryEvent[]) => events.map(({ type }) => type)

/** The details of the first event of a type. */
export const detailsOf = (events: readonly HistoryEvent[], type: string) => {
  const event = events.find((one) => one.type === type)
  return Object.entries(event ?? {}).find(([name]) => name.endsWith('EventDetails'))?.[1]
}
