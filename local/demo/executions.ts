import type { ExecutionListItem } from '@aws-sdk/client-sfn'
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  paginateListExecutions,
  SFNClient,
} from '@aws-sdk/client-sfn'
import { setTimeout as sleep } from 'node:timers/promises'
import { HopFailed } from '../hop-failed.ts'
import type { LocalAws } from '../platform.ts'
import { clientOf } from '../stack.ts'
import type { Say } from './progress.ts'

const lookEveryMs = 250

/** Looks at executions from outside, as anyone with an SDK can. */
export class Executions {
  readonly client: SFNClient
  readonly #logs: string
  constructor(aws: LocalAws, logs: string) {
    this.client = new SFNClient(clientOf(aws))
    this.#logs = logs
  }

  /** The newest execution of a machine whose input is the one sought; waits until the system has started it. */
  async find(machine: string, sought: (input: unknown) => boolean, signal: AbortSignal): Promise<string> {
    const known = new Map<string, boolean>()
    for (;;) {
      for await (const { executions = [] } of paginateListExecutions(
        { client: this.client },
        { stateMachineArn: machine },
      )) {
        for (const { executionArn = '' } of executions) {
          if (!known.has(executionArn)) known.set(executionArn, await this.#matches(executionArn, sought))
          if (known.get(executionArn)) return executionArn
        }
      }
      await sleep(lookEveryMs, undefined, { signal })
    }
  }

  /** All executions of a machine, by name. */
  async byName(machine: string): Promise<Map<string, ExecutionListItem>> {
    const found = new Map<string, ExecutionListItem>()
    for await (const { executions = [] } of paginateListExecutions(
      { client: this.client },
      { stateMachineArn: machine },
    )) {
      for (const execution of executions) found.set(execution.name ?? '', execution)
    }
    return found
  }

  /** Follows an execution to its end, saying which state it is in; its output, or what made it fail. */
  async follow(
    hop: string,
    executionArn: string,
    { say, signal }: { say: Say; signal: AbortSignal },
  ): Promise<unknown> {
    for (;;) {
      const { status, output, error, cause } = await this.client.send(new DescribeExecutionCommand({ executionArn }))
      if (status === 'SUCCEEDED') return JSON.parse(output ?? 'null')
      if (status !== 'RUNNING') {
        const advice = `see each step: aws stepfunctions get-execution-history --execution-arn ${executionArn}`
        throw new HopFailed(hop, `${error ?? status}: ${cause ?? 'no cause was given'}`, { log: this.#logs, advice })
      }
      const state = await this.#newestState(executionArn)
      if (state !== undefined) say(state)
      await sleep(lookEveryMs, undefined, { signal })
    }
  }

  async #matches(executionArn: string, sought: (input: unknown) => boolean) {
    const { input } = await this.client.send(new DescribeExecutionCommand({ executionArn }))
    return sought(JSON.parse(input ?? 'null'))
  }

  async #newestState(executionArn: string) {
    const { events = [] } = await this.client.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 20 }),
    )
    return events.find(({ stateEnteredEventDetails }) => stateEnteredEventDetails)?.stateEnteredEventDetails?.name
  }
}
