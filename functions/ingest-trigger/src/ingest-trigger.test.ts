import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { SFNClient } from '@aws-sdk/client-sfn'
import type { AnyPipeline } from '@hopline/pipeline'
import { ingestInput } from '@hopline/workflow'
import { objectCreated } from './object-created.ts'
import { run } from './run.ts'

const event = (over: { key?: string; bucket?: string; version?: string } = {}) => ({
  version: '0',
  id: crypto.randomUUID(),
  source: 'aws.s3',
  'detail-type': 'Object Created',
  account: '000000000000',
  time: '2026-11-23T10:00:00Z',
  region: 'us-east-1',
  resources: ['arn:aws:s3:::raw'],
  detail: {
    version: '0',
    bucket: { name: over.bucket ?? 'raw' },
    object: {
      key: over.key ?? 'raw/flights/week 1+ü.parquet',
      size: 10,
      etag: 'e',
      'version-id': over.version ?? 'v1',
      sequencer: '006736E5A1C2D4F0AB',
    },
    reason: 'PutObject',
  },
})

/** Only what the trigger reads of a pipeline. */
const pipeline = {
  name: 'flight_delays',
  spine: {
    name: 'flights',
    from: [
      { from: 's3', glob: 'raw/flights/*.parquet' },
      { from: 'kinesis', stream: 'landings' },
    ],
  },
} as unknown as AnyPipeline

const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:hopline-dev-ingest-features'
const executions = new Map<string, string>()

/** Step Functions as far as StartExecution goes: same name and input while it runs is the same execution. */
const server = createServer((request, response) => {
  void json(request).then((body) => {
    const { name, input } = body as { name: string; input: string }
    const known = executions.get(name)
    response.setHeader('content-type', 'application/x-amz-json-1.0')
    if (known !== undefined && known !== input) {
      response.statusCode = 400
      return response.end(JSON.stringify({ __type: 'ExecutionAlreadyExists', message: 'Execution Already Exists' }))
    }
    executions.set(name, input)
    const executionArn = `${machineArn.replace('stateMachine', 'execution')}:${name}`
    return response.end(JSON.stringify({ executionArn, startDate: 1 }))
  })
})

let sfn: SFNClient
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  sfn = new SFNClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
})
afterAll(async () => {
  sfn.destroy()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(() => executions.clear())

const deliverTo = async (pipelines: readonly AnyPipeline[], event: unknown) =>
  (await run(objectCreated.parse(event), { pipelines, rawBucket: 'raw', machineArn, sfn })).runs
const deliver = async (event: unknown) => {
  const [started, ...others] = await deliverTo([pipeline], event)
  if (started === undefined || others.length > 0) throw new Error('not one run')
  return started
}

describe('ingest-trigger', () => {
  test('starts one execution, named by the object version, with an input that the machine knows', async () => {
    const answer = await deliver(event())
    expect(answer).toMatchObject({ pipeline: 'flight_delays', group: 'flights', found: false })
    expect(answer.executionArn).toBe(`${machineArn.replace('stateMachine', 'execution')}:${answer.runId}`)
    const input = ingestInput.parse(JSON.parse(executions.get(answer.runId) ?? ''))
    expect(input.object).toMatchObject({ key: 'raw/flights/week 1+ü.parquet', versionId: 'v1', size: 10 })
  })

  test('finds the same execution by the same event, however often it is delivered', async () => {
    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => deliver(event())))
    expect(new Set(others.map(({ executionArn }) => executionArn))).toEqual(new Set([first?.executionArn]))
    expect(executions.size).toBe(1)
  })

  test('starts one for each pipeline that reads the object, whichever rule brought the event', async () => {
    const cancellations = { ...pipeline, name: 'cancellations' } as AnyPipeline
    const other = { ...pipeline, name: 'other', spine: { name: 'x', from: [] } } as unknown as AnyPipeline
    const both = [pipeline, cancellations, other]
    const [first, again] = [await deliverTo(both, event()), await deliverTo(both, event())]
    expect(first.map((started) => started.pipeline)).toEqual(['flight_delays', 'cancellations'])
    expect(again.map(({ runId }) => runId)).toEqual(first.map(({ runId }) => runId))
    expect([...executions.keys()].toSorted()).toEqual(first.map(({ runId }) => runId).toSorted())
  })

  test('finds the execution that has ended or was started with another input', async () => {
    const { runId, executionArn } = await deliver(event())
    executions.set(runId, 'ended')
    expect(await deliver(event())).toMatchObject({ runId, executionArn, found: true })
  })

  test('starts another execution for another version of the same key', async () => {
    await deliver(event({ version: 'v1' }))
    await deliver(event({ version: 'v2' }))
    expect(executions.size).toBe(2)
  })

  test.each([
    ['a key that no source names', { key: 'raw/flights/deeper/week-1.parquet' }],
    ['another bucket', { bucket: 'other' }],
  ])('refuses %s', async (_, over) => {
    await expect(deliver(event(over))).rejects.toMatchObject({ name: 'NoSuchSource' })
    expect(executions.size).toBe(0)
  })

  test('knows only "Object Created" of S3, complete', () => {
    expect(objectCreated.safeParse({ ...event(), 'detail-type': 'Object Deleted' }).success).toBe(false)
    expect(objectCreated.safeParse({ ...event(), detail: { bucket: { name: 'raw' } } }).success).toBe(false)
  })
})
