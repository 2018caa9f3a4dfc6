import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { settings } from '../../test-support/settings.ts'
import fc from 'fast-check'
import type { AnyPipeline, GroupDefinition } from '../index.ts'
import {
  avroSchema,
  contractOf,
  contractWithout,
  count,
  definePipeline,
  featureGroup,
  featureGroupRequests,
  featureView,
  featureViewRequests,
  formatTimestamp,
  int,
  InvalidContract,
  long,
  mean,
  parseContract,
  requestFunction,
  requestSchema,
  requestTime,
  rowFunction,
  s3,
  string,
  timestamp,
  UnknownOperator,
  watermarkRow,
  windowed,
} from '../index.ts'
import { canonicalJson } from './canonical-json.ts'
import { sha256 } from './sha256.ts'

const pipelineWith = (threshold: number): AnyPipeline => {
  const flights = featureGroup('flights', {
    from: [s3('flights/*.parquet')],
    columns: {
      origin: string({ length: 3 }),
      left_at: timestamp({ column: 'date', zone: 'UTC' }),
      distance: int({ min: 20, max: 6000, unit: 'miles' }),
      tail: long({ nullable: true }),
      delay: int({ description: 'on arrival', unit: 'minutes' }),
    },
    features: (flight) => ({
      late: flight.delay.above(threshold),
      hour: flight.left_at.hour(),
      ratio: flight.distance.per(7).floor().plus(45),
      landed_at: flight.left_at.afterMinutes(flight.distance),
    }),
    key: ['origin', 'left_at'],
    eventTime: (flight) => flight.left_at,
  })
  const { airport } = windowed(flights, {
    by: { airport: ['origin'] },
    clock: (flight) => flight.landed_at,
    every: '1 hour',
    maxAge: '2 hours',
    features: (flight) => ({ flights_3h: count().over('3 hours'), delay_3h: mean(flight.delay).over('3 hours') }),
  })
  const view = featureView('delays', flights, {
    label: 'late',
    request: ['origin', 'left_at', 'distance', 'tail'],
    features: ['hour', 'ratio', 'distance'],
    join: [airport],
  })
  return definePipeline({
    view,
    ...settings,
    evaluate: { ...settings.evaluate, slices: { by: ['origin', 'hour'], minRows: 10 } },
  })
}
const pipeline = pipelineWith(15)
const contract = contractOf(pipeline)

describe('hashing', () => {
  test('SHA-256 is that of the platform', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
      }),
    )
    for (let length = 50; length < 70; length += 1) {
      expect(sha256('x'.repeat(length))).toBe(createHash('sha256').update('x'.repeat(length)).digest('hex'))
    }
  })

  test('canonical JSON does not depend on the order of keys, and is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
    expect(canonicalJson({ b: [1e21, -0], a: { d: 1, c: undefined } })).toBe('{"a":{"d":1},"b":[1e+21,0]}')
    expect(canonicalJson({ a: { d: 1 }, b: [1e21, 0] })).toBe(canonicalJson({ b: [1e21, 0], a: { d: 1 } }))
  })
})

describe('the contract', () => {
  test('lists the features in their order, with where they come from', () => {
    expect(contract.features.map(({ name, type, from }) => `${name} ${type} ${from}`)).toEqual([
      'hour int request',
      'ratio int request',
      'distance int request',
      'airport_flights_3h int airport',
      'airport_delay_3h double airport',
    ])
    expect(contract.features[3]).toEqual({
      name: 'airport_flights_3h',
      type: 'int',
      from: 'airport',
      feature: 'flights_3h',
      maxAgeSeconds: 7200,
    })
    expect(contract.label).toMatchObject({ name: 'late', type: 'boolean' })
    expect(contract.views).toEqual({
      serving: { name: 'delays_serving', version: 1 },
      freshness: { name: 'delays_freshness', version: 1 },
    })
  })

  test('keeps its hash: a change here changes what every deployed model is compared with', () => {
    expect(contract.hash).toBe('86a85617f86a15103bf1f3d2059192e38fe329e3440504413be058b61397f15a')
    expect(contractOf(pipelineWith(15)).hash).toBe(contract.hash)
  })

  test('has the hash that another language computes', () => {
    const { hash, ...content } = contract
    const canonical = 'json.dumps(json.load(sys.stdin), sort_keys=True, separators=(",", ":"), ensure_ascii=False)'
    const program = `import hashlib, json, sys; print(hashlib.sha256(${canonical}.encode()).hexdigest())`
    expect(
      spawnSync('python3', ['-c', program], { input: JSON.stringify(content), encoding: 'utf8' }).stdout.trim(),
    ).toBe(hash)
  })

  test('has the same hash on a machine of another locale and zone, whatever the order in which its text has the keys', () => {
    const backwards = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value
      if (Array.isArray(value)) return value.map(backwards)
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([name, held]) => [name, backwards(held)]),
      )
    }
    const program = `
      import { readFileSync } from 'node:fs'
      import { parseContract } from ${JSON.stringify(join(import.meta.dirname, 'contract.ts'))}
      console.log(parseContract(JSON.parse(readFileSync(0, 'utf8'))).hash)`
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program],
      {
        input: JSON.stringify(backwards(contract)),
        encoding: 'utf8',
        env: { ...process.env, TZ: 'Pacific/Apia', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
      },
    )
    expect(stderr + stdout).toBe(`${contract.hash}\n`)
  })

  test('another threshold of the label is another contract', () => {
    expect(contractOf(pipelineWith(16)).hash).not.toBe(contract.hash)
  })

  test('survives JSON, whatever the order of its keys', () => {
    const reversed = Object.fromEntries(Object.entries(contract).toReversed())
    expect(parseContract(JSON.parse(JSON.stringify(reversed)))).toEqual(contract)
  })

  test('is refused when its content was changed or is none', () => {
    expect(() => parseContract({ ...contract, pipeline: 'other' })).toThrow(InvalidContract)
    expect(() => parseContract({ ...contract, surprise: 1 })).toThrow(InvalidContract)
    expect(() => parseContract(null)).toThrow(InvalidContract)
  })

  test('without the online groups only features of the request are left, under another hash', () => {
    const ablated = contractWithout(contract, ['airport'])
    expect(ablated.features.map(({ name }) => name)).toEqual(['hour', 'ratio', 'distance'])
    expect(ablated.windows).toEqual({})
    expect(ablated.hash).not.toBe(contract.hash)
    expect(parseContract(ablated)).toEqual(ablated)
  })
})

describe('the request', () => {
  const schema = requestSchema(contract)
  const request = { origin: 'ORD', left_at: '2001-01-13T07:30:00Z', distance: 733, tail: null }
  const issues = (change: object) =>
    schema
      .safeParse({ ...request, ...change })
      .error?.issues.map(({ path, code, message }) => `${path.join('.')} ${code} ${message}`)

  test('its features are those of the row function', () => {
    const fromContract = requestFunction(parseContract(JSON.parse(JSON.stringify(contract))))
    const fromRow = rowFunction(pipeline.spine)
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 6000 }),
        fc.bigInt({ min: -(2n ** 50n), max: 2n ** 50n }),
        (distance, left_at) => {
          const values = { origin: 'ORD', left_at, distance, tail: null }
          const { hour, ratio } = fromRow(values)
          expect(fromContract(values)).toEqual({ hour, ratio, distance })
        },
      ),
    )
  })

  test('is parsed into values, and says when the prediction is asked for', () => {
    const values = schema.parse(request)
    expect(values).toEqual({ ...request, left_at: BigInt(Date.parse(request.left_at)) * 1000n })
    expect(formatTimestamp(requestTime(contract)(values) ?? 0n)).toBe('2001-01-13T07:30:00.000Z')
    expect(schema.parse({ ...request, tail: 7 })).toMatchObject({ tail: 7n })
    const { tail: _tail, ...withoutTail } = request
    expect(schema.parse(withoutTail)).toEqual(values)
  })

  test('what is wrong is named', () => {
    expect(issues({ distance: '733' })).toEqual([
      'distance invalid_type Invalid input: expected number, received string',
    ])
    expect(issues({ distance: 7000 })).toEqual(['distance too_big Too big: expected number to be <=6000'])
    expect(issues({ distance: 33.5 })).toEqual(['distance custom not a whole number of 32 bits'])
    expect(issues({ origin: 'ORDX' })).toEqual(['origin custom more than 3 characters'])
    expect(issues({ left_at: 'yesterday' })).toEqual(['left_at custom is not an ISO 8601 date and time'])
    expect(issues({ left_at: 978307200 })).toEqual([
      'left_at invalid_type Invalid input: expected string, received number',
    ])
    expect(issues({ delay: 3 })).toEqual([' unrecognized_keys Unrecognized key: "delay"'])
    expect(schema.safeParse(JSON.parse('{"__proto__": {"origin": "ORD"}}')).success).toBe(false)
    expect(schema.safeParse({ ...request, ...JSON.parse('{"__proto__": 1}') }).success).toBe(false)
  })

  test('an operator from the future is refused by name', () => {
    const [feature, ...rest] = contract.features
    const value = {
      op: 'moon_phase',
      type: 'int',
      args: [{ op: 'column', type: 'timestamp', name: 'left_at' }],
    } as never
    const future = { ...contract, features: [{ ...feature, from: 'request', value } as never, ...rest] }
    expect(() => requestFunction(future)).toThrow(new UnknownOperator('moon_phase of 1'))
  })
})

describe('Hopsworks', () => {
  const groups = featureGroupRequests(pipeline)
  const views = featureViewRequests(pipeline)

  test('the spine is offline only, what a view joins is online', () => {
    expect(groups.spine).toMatchObject({ name: 'delays_flights', version: 1, online: false, eventTime: 'left_at' })
    expect(groups.spine.features).toContainEqual({ name: 'left_at', type: 'timestamp', primary: true })
    expect(groups.spine.features).toContainEqual({ name: 'tail', type: 'bigint' })
    expect(groups.spine.features).toContainEqual({
      name: 'late',
      type: 'boolean',
      description: 'computed from delay',
    })
    expect(groups.windows['airport']).toMatchObject({
      name: 'delays_airport',
      online: true,
      eventTime: 'tile_end',
      features: [
        { name: 'origin', type: 'string', onlineType: 'varchar(3)', primary: true },
        { name: 'tile_end', type: 'timestamp', description: 'from then on the values hold' },
        { name: 'flights_3h', type: 'int', description: 'rows over 3 hours' },
        { name: 'delay_3h', type: 'double', description: 'mean of delay over 3 hours, in minutes' },
      ],
    })
  })

  test('says of each feature what it is, in the words of its columns', () => {
    const described = ({ features }: GroupDefinition) =>
      Object.fromEntries(features.map(({ name, description }) => [name, description]))
    expect(described(groups.spine)).toEqual({
      origin: undefined,
      left_at: undefined,
      distance: 'in miles',
      tail: undefined,
      delay: 'on arrival, in minutes',
      late: 'computed from delay',
      hour: 'computed from left_at',
      ratio: 'computed from distance',
      landed_at: 'computed from left_at, distance',
    })
  })

  test('a watermark is a row of its own group, by the name of the window group', () => {
    expect(groups.watermarks).toMatchObject({ name: 'delays_watermarks', online: true, eventTime: 'watermark' })
    expect(groups.watermarks.features.map(({ name }) => name)).toEqual(Object.keys(watermarkRow('airport', 0n)))
    expect(views.freshness).toMatchObject({
      name: 'delays_freshness',
      label: [],
      left: { group: 'delays_watermarks' },
      joins: [],
    })
  })

  test('training takes key, time, slices, features and label; serving takes the label alone', () => {
    expect(views.training.left.features).toEqual(['origin', 'left_at', 'hour', 'ratio', 'distance', 'late'])
    expect(views.serving.left.features).toEqual(['late'])
    expect(views.serving.joins).toEqual(views.training.joins)
    expect(views.training.joins).toEqual([
      { group: 'delays_airport', features: ['flights_3h', 'delay_3h'], on: ['origin'], prefix: 'airport_' },
    ])
  })

  test('every field of a row may be null in Avro, and timestamps are microseconds', () => {
    expect(avroSchema(groups.watermarks)).toEqual({
      type: 'record',
      name: 'delays_watermarks_1',
      fields: [
        { name: 'of', type: ['null', 'string'] },
        { name: 'watermark', type: ['null', { type: 'long', logicalType: 'timestamp-micros' }] },
      ],
    })
  })
})
