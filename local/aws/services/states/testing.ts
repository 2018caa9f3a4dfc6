import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import type { BusEvent, Service } from '../../core/service.ts'
import { capableRole, temporaryPlatform } from '../../core/testing.ts'
import { until } from '../../core/until.ts'
import * as states from './index.ts'

export const roleArn = 'arn:aws:iam::000000000000:role/machine'

/** JSON text of a machine that starts at its first state. */
export const definitionOf = (States: Readonly<Record<string, object>>, more: object = {}): string =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(States)[0], States, ...more })

/** A platform of Step Functions and others, with a client and what a test does all the time. */
export const statesPlatform = async (others: readonly Service[] = [], stateDir?: string) => {
  const events: BusEvent[] = []
  const recorder: Service = { operations: [], receive: (event) => void events.push(event) }
  const services = [...others, states, recorder]
  const running = await temporaryPlatform({ services, pace: 100, ...(stateDir !== undefined && { stateDir }) })
  for (const role of ['machine', 'machine-2'])
    capableRole(running.platform, role, 'states.amazonaws.com', 'lambda.amazonaws.com')
  const sfn = new SFNClient({ ...running.client, maxAttempts: 1 })
  let machines = 0

  const create = async (States: Readonly<Record<string, object>>, more: object = {}) => {
    const definition = definitionOf(States, more)
    const made = await sfn.send(new CreateStateMachineCommand({ name: `machine-${++machines}`, roleArn, definition }))
    return made.stateMachineArn ?? ''
  }
  const start = async (stateMachineArn: string, input: unknown = {}, name?: string) => {
    const started = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input), name }))
    return started.executionArn ?? ''
  }
  const describe = (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn }))
  const ended = (executionArn: string) =>
    until(
      () => describe(executionArn),
      ({ status }) => status !== 'RUNNING',
    )

  return {
    ...running,
    events,
    sfn,
    create,
    start,
    describe,
    ended,
    /** Creates a machine, starts it and waits for its end. */
    run: async (States: Readonly<Record<string, object>>, input: unknown = {}) => {
      const { status, output, error, cause, executionArn } = await ended(await start(await create(States), input))
      return { status, error, cause, executionArn, output: output === undefined ? undefined : JSON.parse(output) }
    },
  }
}

export type StatesPlatform = Awaited<ReturnType<typeof statesPlatform>>
