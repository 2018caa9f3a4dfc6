import { describe, expect, test } from '@jest/globals'
import { featureWriterEvent, ingestOutput } from '../packages/workflow/src/index.ts'
import type { IngestInput } from '../packages/workflow/src/index.ts'
import { validate, walk } from '../local/states/index.ts'
import type { Mocks } from '../local/states/index.ts'
import { machine } from './machine.ts'

const definition = machine('ingest-features', {
  FeatureWriterArn: 'arn:aws:lambda:us-east-1:000000000000:function:hopline-dev-feature-writer',
  PollSeconds: '60',
})

const input: IngestInput = {
  runId: 'flight-delays-0a1b',
  pipeline: 'flight_delays',
  group: 'flights',
  object: {
    bucket: 'raw',
    key: 'flights/week-1.parquet',
    versionId: 'v1',
    etag: 'e',
    size: 10,
    sequencer: '0A',
    time: '2026-11-23T10:00:00Z',
  },
}
const published = {
  counts: { read: 10, written: 7, superseded: 2, quarantined: 1 },
  rows: { flight_delays_flights: 7 },
  refused: { flight_delays_airport: 1 },
  rounds: 2,
  watermark: '2001-01-08T06:06:00.000Z',
  ingestions: [{ featureGroupId: 7, id: 3, rows: 7 }],
}

const plan = 'Plan the chunks'
const map = 'Append every chunk'
const append = 'Append a chunk to the log'
const publish = 'Publish rows and windows'
const confirm = 'Confirm the online rows'
const applied = 'Are the online rows applied?'

const happy = {
  [plan]: { payload: { chunks: [{ index: 0, rowStart: 0, rowEnd: 10 }] } },
  [append]: { payload: { chunk: 0, read: 10, accepted: 9, quarantined: 1 } },
  [publish]: { payload: published },
  [confirm]: { payload: { state: 'applied' } },
} satisfies Mocks

const go = (mocks: Mocks = {}) => walk(definition, input, { ...happy, ...mocks })
const notFit = 'Fail: the object is not fit to be ingested'

describe('ingest-features', () => {
  test('is a valid machine', () => {
    expect(validate(definition)).toEqual([])
  })

  test('takes an object from its bytes to the counts', async () => {
    const { path, outcome, calls } = await go()
    expect(path).toEqual([plan, map, append, publish, confirm, applied, 'Report the counts'])
    const { ingestions: _, ...reported } = published
    const output = outcome.status === 'SUCCEEDED' ? outcome.output : outcome
    expect(ingestOutput.parse(output)).toEqual({
      runId: input.runId,
      pipeline: 'flight_delays',
      group: 'flights',
      key: 'flights/week-1.parquet',
      ...reported,
    })
    const events = Object.values(calls)
      .flat()
      .map((call) => featureWriterEvent.parse((call as { Payload: unknown }).Payload))
    expect(events).toEqual([
      { step: 'plan', ...input },
      { step: 'append', ...input, chunk: { index: 0, rowStart: 0, rowEnd: 10 } },
      { step: 'publish', ...input, appended: [{ chunk: 0, read: 10, accepted: 9, quarantined: 1 }] },
      { step: 'confirm', ingestions: published.ingestions },
    ])
  })

  test('appends every chunk, and publishes them together in their order', async () => {
    const chunks = [0, 1, 2].map((index) => ({ index, rowStart: index * 10, rowEnd: null }))
    const { outcome, calls } = await go({
      [plan]: { payload: { chunks } },
      [append]: (call) => {
        const { chunk } = (call as { Payload: { chunk: { index: number } } }).Payload
        return { payload: { chunk: chunk.index, read: 1, accepted: 1, quarantined: 0 } }
      },
    })
    expect(outcome.status).toBe('SUCCEEDED')
    expect(calls[append]).toHaveLength(3)
    const [{ Payload }] = calls[publish] as [{ Payload: { appended: { chunk: number }[] } }]
    const { appended } = Payload
    expect(appended.map(({ chunk }) => chunk)).toEqual([0, 1, 2])
  })

  test('looks again every PollSeconds until the online store has the rows', async () => {
    const pending = { payload: { state: 'pending' } }
    const { path, outcome, seconds } = await go({ [confirm]: [pending, pending, { payload: { state: 'applied' } }] })
    expect(outcome.status).toBe('SUCCEEDED')
    expect(path.filter((name) => name === 'Wait for the online store')).toHaveLength(2)
    expect(seconds).toBe(120)
  })

  test('has a watermark of null where no row was accepted', async () => {
    const { outcome } = await go({ [publish]: { payload: { ...published, watermark: null } } })
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: { watermark: null } })
  })

  test('fails when the online store refuses rows', async () => {
    const { path, outcome } = await go({ [confirm]: { payload: { state: 'failed', cause: '2 of 10 rows' } } })
    expect(path.at(-1)).toBe('Fail: the online store refused rows')
    expect(outcome).toEqual({ status: 'FAILED', error: 'OnlineRowsRefused', cause: '2 of 10 rows' })
  })

  test.each(['UnreadableObject', 'WrongColumns', 'EmptyObject', 'ObjectGone'])(
    'does not try again what %s says about the object, and fails by that name',
    async (error) => {
      const planned = await go({ [plan]: { error, cause: 'why' } })
      expect(planned.path).toEqual([plan, notFit])
      expect(planned.outcome).toEqual({ status: 'FAILED', error, cause: 'why' })
      expect(planned.calls[plan]).toHaveLength(1)

      const appended = await go({ [append]: { error, cause: 'why' } })
      expect(appended.path).toEqual([plan, map, append, notFit])
      expect(appended.outcome).toMatchObject({ status: 'FAILED', error })
      expect(appended.calls[append]).toHaveLength(1)
    },
  )

  test.each([
    'Lambda.TooManyRequestsException',
    'Sandbox.Timedout',
    'Runtime.ExitError',
    'HopsworksUnavailable',
    'SlowDown',
    'LogKeepsGrowing',
  ])('tries again after %s, everywhere', async (error) => {
    for (const state of [plan, append, publish, confirm] as const) {
      const { outcome, calls } = await go({ [state]: [{ error }, { error }, happy[state]] })
      expect(outcome.status).toBe('SUCCEEDED')
      expect(calls[state]).toHaveLength(3)
    }
  })

  test('waits for its turn where many objects came at once', async () => {
    const busy = Array.from({ length: 100 }, () => ({ error: 'Lambda.TooManyRequestsException' }))
    const { outcome } = await go({ [append]: [...busy, happy[append]] })
    expect(outcome.status).toBe('SUCCEEDED')
  })

  test('tries a refused key once more, with the secret read anew, and then fails', async () => {
    const { outcome, calls } = await go({ [publish]: { error: 'HopsworksUnauthorised' } })
    expect(calls[publish]).toHaveLength(2)
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'HopsworksUnauthorised' })
  })

  test.each([
    [plan, [plan]],
    [append, [plan, map, append]],
    [publish, [plan, map, append, publish]],
    [confirm, [plan, map, append, publish, confirm]],
  ])(
    'fails by name in "%s" itself for another reason, or where it never answers: a redrive goes on there',
    async (state, path) => {
      const failed = await go({ [state]: { error: 'HopsworksRejected', cause: 'why' } })
      expect(failed.path).toEqual(path)
      expect(failed.outcome).toMatchObject({ status: 'FAILED', error: 'HopsworksRejected', cause: 'why' })
      const silent = await go({ [state]: { hangs: true } })
      expect(silent.path).toEqual(path)
      expect(silent.outcome).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
    },
  )

  test.each([append, publish])('lets the function itself say that its time is up in "%s"', async (state) => {
    const { seconds } = await go({ [state]: { hangs: true } })
    expect(seconds).toBeGreaterThan(900)
  })

  test('gives up in the end when the online store never gets there', async () => {
    const { outcome } = await go({ [confirm]: { payload: { state: 'pending' } } })
    expect(outcome.status).toBe('TIMED_OUT')
  })
})
