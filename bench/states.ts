import { setTimeout as wait } from 'node:timers/promises'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import { compare } from './local-aws/compare.ts'
import type { Figure } from './local-aws/compare.ts'
import type { Platform } from './local-aws/platforms.ts'
import { median } from './median.ts'

/** How long a state transition takes, and whether a thousand executions at once all end; of ministack too. */
const transitions = 200
const runs = 11
const atOnce = 1000
/** How long they all rest: longer than starting them takes. */
const restMs = 20_000

const machines = async ({ endpoint, accessKeyId, secretAccessKey }: Platform) => {
  const client = { endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } }
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'states.amazonaws.com' } }
  const { Role } = await new IAMClient(client).send(
    new CreateRoleCommand({
      RoleName: 'bench',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    }),
  )
  // A thousand requests share the client's sockets.
  const sfn = new SFNClient({ ...client, requestHandler: { socketAcquisitionWarningTimeout: 60_000 } })
  const create = async (name: string, definition: object) => {
    const request = { name, roleArn: Role?.Arn, definition: JSON.stringify(definition) }
    const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand(request))
    return stateMachineArn
  }
  return { sfn, create }
}
type Machines = Awaited<ReturnType<typeof machines>>

/** States that each count one further. */
const chain = (QueryLanguage: 'JSONata' | 'JSONPath') => ({
  QueryLanguage,
  StartAt: 'S0',
  States: Object.fromEntries(
    Array.from({ length: transitions }, (_, index) => [
      `S${index}`,
      {
        Type: 'Pass',
        ...(QueryLanguage === 'JSONata'
          ? { Output: { n: '{% $states.input.n + 1 %}' } }
          : { Parameters: { 'n.$': 'States.MathAdd($.n, 1)' } }),
        ...(index + 1 < transitions ? { Next: `S${index + 1}` } : { End: true }),
      },
    ]),
  ),
})

/** Milliseconds a transition, from the execution's own start and stop. */
const transitionMs = async ({ sfn, create }: Machines, language: 'JSONata' | 'JSONPath') => {
  const stateMachineArn = await create(language, chain(language))
  const times: number[] = []
  while (times.length < runs) {
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{"n":0}' }))
    let execution = await sfn.send(new DescribeExecutionCommand({ executionArn }))
    while (execution.status === 'RUNNING') {
      await wait(20)
      execution = await sfn.send(new DescribeExecutionCommand({ executionArn }))
    }
    const { status, output = '', startDate, stopDate } = execution
    if (output.replaceAll(' ', '') !== `{"n":${transitions}}`)
      throw new Error(`a chain of ${language} ended ${status} with ${output}`)
    times.push((Number(stopDate) - Number(startDate)) / transitions)
  }
  return median(times)
}

/** How many of a thousand executions, all under way at the same time, end well; and the seconds until all have started and ended. */
const allAtOnce = async ({ sfn, create }: Machines) => {
  const stateMachineArn = await create('at-once', {
    StartAt: 'Rest',
    States: { Rest: { Type: 'Wait', TimestampPath: '$.until', Next: 'End' }, End: { Type: 'Pass', End: true } },
  })
  const since = performance.now()
  const until = Date.now() + restMs
  const input = JSON.stringify({ until: new Date(until).toISOString() })
  await Promise.all(
    Array.from({ length: atOnce }, (_, index) =>
      sfn.send(new StartExecutionCommand({ stateMachineArn, name: `e${index}`, input })),
    ),
  )
  const startedInSeconds = (performance.now() - since) / 1000
  const running = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1 })
  while (((await sfn.send(running)).executions ?? []).length > 0) await wait(100)
  const endedAfterRestSeconds = (Date.now() - until) / 1000
  let succeeded = 0
  for await (const { executions = [] } of paginateListExecutions(
    { client: sfn, pageSize: 1000 },
    { stateMachineArn, statusFilter: 'SUCCEEDED' },
  )) {
    succeeded += executions.length
  }
  return { startedInSeconds, endedAfterRestSeconds, succeeded }
}

const measure = async (platform: Platform) => {
  const made = await machines(platform)
  const jsonataMs = await transitionMs(made, 'JSONata')
  const jsonpathMs = await transitionMs(made, 'JSONPath')
  return { jsonataMs, jsonpathMs, ...(await allAtOnce(made)) }
}

const figures: readonly Figure<Awaited<ReturnType<typeof measure>>>[] = [
  {
    name: `transition, JSONata, median of ${runs} × ${transitions}`,
    unit: 'ms',
    wanted: ['most', 2],
    of: ({ jsonataMs }) => jsonataMs,
  },
  {
    name: `transition, JSONPath, median of ${runs} × ${transitions}`,
    unit: 'ms',
    wanted: ['most', 2],
    of: ({ jsonpathMs }) => jsonpathMs,
  },
  {
    name: `executions of ${atOnce} at once that ended well`,
    unit: '',
    wanted: ['least', atOnce],
    of: ({ succeeded }) => succeeded,
  },
  {
    name: 'until all of them were started',
    unit: 's',
    wanted: ['most', restMs / 1000],
    of: ({ startedInSeconds }) => startedInSeconds,
  },
  {
    name: 'from the moment they all wait for until the last had ended',
    unit: 's',
    wanted: ['most', 10],
    of: ({ endedAfterRestSeconds }) => endedAfterRestSeconds,
  },
]

await compare(figures, measure)
