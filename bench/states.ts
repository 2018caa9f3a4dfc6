import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import * as z from 'zod'

/** How long a state transition takes, and whether a thousand executions at once all end. */
const { values } = parseArgs({ options: { check: { type: 'boolean' } } })
const transitions = 200
const runs = 11
const atOnce = 1000
/** How long they all rest: longer than starting them takes. */
const restMs = 20_000
const bars = { transitionMs: 2 }

const state = await mkdtemp(join(tmpdir(), 'states-bench-'))
const main = join(dirname(import.meta.dirname), 'local', 'aws', 'main.ts')
const platform = spawn(process.execPath, [main, '--state', state, '--port', '0', '--quiet'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [line] = await once(createInterface({ input: platform.stdout }), 'line')
const ready = z
  .object({ endpoint: z.url(), region: z.string(), accessKeyId: z.string(), secretAccessKey: z.string() })
  .parse(JSON.parse(String(line)))
const client = { endpoint: ready.endpoint, region: ready.region, credentials: ready }
// A thousand requests share the client's sockets.
const sfn = new SFNClient({ ...client, requestHandler: { socketAcquisitionWarningTimeout: 60_000 } })

const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'states.amazonaws.com' } }
const { Role } = await new IAMClient(client).send(
  new CreateRoleCommand({
    RoleName: 'bench',
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
  }),
)

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

const create = async (name: string, definition: object) => {
  const request = { name, roleArn: Role?.Arn, definition: JSON.stringify(definition) }
  const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand(request))
  return stateMachineArn
}

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
const transitionMs = async (language: 'JSONata' | 'JSONPath') => {
  const stateMachineArn = await create(language, chain(language))
  const times: number[] = []
  while (times.length < runs) {
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{"n":0}' }))
    let execution = await sfn.send(new DescribeExecutionCommand({ executionArn }))
    while (execution.status === 'RUNNING') {
      await wait(20)
      execution = await sfn.send(new DescribeExecutionCommand({ executionArn }))
    }
    if (execution.output !== `{"n":${transitions}}`) throw new Error(`a chain ended with ${execution.output}`)
    times.push((Number(execution.stopDate) - Number(execution.startDate)) / transitions)
  }
  return median(times)
}

/** How many of a thousand executions, all under way at the same time, end well; and the seconds until the last one has. */
const allAtOnce = async () => {
  const stateMachineArn = await create('at-once', {
    StartAt: 'Rest',
    States: { Rest: { Type: 'Wait', TimestampPath: '$.until', Next: 'End' }, End: { Type: 'Pass', End: true } },
  })
  const since = performance.now()
  const input = JSON.stringify({ until: new Date(Date.now() + restMs).toISOString() })
  await Promise.all(
    Array.from({ length: atOnce }, (_, index) =>
      sfn.send(new StartExecutionCommand({ stateMachineArn, name: `e${index}`, input })),
    ),
  )
  const startedIn = (performance.now() - since) / 1000
  const running = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1 })
  while (((await sfn.send(running)).executions ?? []).length > 0) await wait(100)
  const seconds = (performance.now() - since) / 1000
  let succeeded = 0
  for await (const { executions = [] } of paginateListExecutions(
    { client: sfn, pageSize: 1000 },
    { stateMachineArn, statusFilter: 'SUCCEEDED' },
  )) {
    succeeded += executions.length
  }
  return { startedIn, seconds, succeeded }
}

try {
  const jsonata = await transitionMs('JSONata')
  const jsonpath = await transitionMs('JSONPath')
  const { startedIn, seconds, succeeded } = await allAtOnce()
  console.log(`| state machines | measured | wanted |
|---|---|---|
| transition, JSONata, median of ${runs} × ${transitions} | ${jsonata.toFixed(2)} ms | ≤ ${bars.transitionMs} ms |
| transition, JSONPath, median of ${runs} × ${transitions} | ${jsonpath.toFixed(2)} ms | ≤ ${bars.transitionMs} ms |
| executions of ${atOnce} at once that ended well | ${succeeded}, the last after ${seconds.toFixed(1)} s | ${atOnce} |
| until all of them were started | ${startedIn.toFixed(1)} s | |`)
  const missed = Math.max(jsonata, jsonpath) > bars.transitionMs || succeeded < atOnce
  process.exitCode = values.check && missed ? 1 : 0
} finally {
  const ended = once(platform, 'exit')
  platform.kill('SIGTERM')
  await ended
  await rm(state, { recursive: true, force: true })
}
