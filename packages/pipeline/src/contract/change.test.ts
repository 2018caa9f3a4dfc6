import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { settings } from '../../test-support/settings.ts'
import type { AnyPipeline, Contract } from '../index.ts'
import {
  compareContracts,
  contractClashes,
  contractOf,
  count,
  definePipeline,
  double,
  featureGroup,
  featureView,
  int,
  mean,
  s3,
  string,
  timestamp,
  unionOfContracts,
  windowed,
  withLiveGroups,
} from '../index.ts'
import { verdicts } from './difference.ts'

const base = {
  columns: {
    place: string({ length: 3, oneOf: ['ORD', 'LAX'] }),
    at: timestamp(),
    distance: int<boolean>({ min: 20, max: 6000, unit: 'miles' }),
    delay: int(),
  },
  threshold: 15,
  hourOf: 'at' as 'at' | 'later',
  every: '1 hour' as const,
  over: '3 hours' as '3 hours' | '4 hours',
  more: false,
  fewer: false,
  maxAge: '2 hours' as '2 hours' | '3 hours',
  request: ['place', 'at', 'distance'] as ('place' | 'at' | 'distance')[],
  features: ['hour', 'distance'] as ('hour' | 'distance' | 'weekday')[],
  stale: 'null' as 'null' | 'refuse',
  name: 'delays',
  version: 1,
  label: 'late' as 'late' | 'early',
}

const pipelineWith = (change: Partial<typeof base>): AnyPipeline => {
  const is = { ...base, ...change }
  const flights = featureGroup('flights', {
    from: [s3('flights/*.csv')],
    columns: is.columns,
    features: (flight) => ({
      late: flight.delay.above(is.threshold),
      early: flight.delay.below(0),
      hour: (is.hourOf === 'at' ? flight.at : flight.at.after('1 hour')).hour(),
      weekday: flight.at.weekday(),
    }),
    key: ['place', 'at'],
    eventTime: (flight) => flight.at,
  })
  const { airport } = windowed(flights, {
    by: { airport: ['place'] },
    clock: (flight) => flight.at,
    every: is.every,
    maxAge: is.maxAge,
    features: (flight) => ({
      flights: count().over(is.over),
      ...(is.fewer ? {} : { delay: mean(flight.delay).over('3 hours') }),
      ...(is.more ? { distance: mean(flight.distance).over('3 hours') } : {}),
    }),
  })
  const view = featureView(is.name, flights, {
    version: is.version,
    label: is.label,
    request: is.request,
    features: is.features,
    join: [airport],
    stale: is.stale,
  })
  return definePipeline({
    view,
    ...settings,
  })
}
const contractWith = (change: Partial<typeof base>) => contractOf(pipelineWith(change))

const inUse = contractWith({})
const told = (next: Contract, before = inUse) => {
  const { verdict, differences } = compareContracts(before, next)
  return [verdict, ...differences.map(({ path, words }) => `${path} ${words}`)]
}
const withColumn = (column: Partial<(typeof base)['columns']>) =>
  contractWith({ columns: { ...base.columns, ...column } })

describe('a contract in use and the next one', () => {
  test('are compatible where nothing that is stored or sent changes', () => {
    expect(told(contractWith({}))).toEqual(['compatible'])
    expect(told(contractWith({ maxAge: '3 hours', stale: 'refuse' }))).toEqual([
      'compatible',
      'features.airport_flights may be 10800 seconds old, not 7200',
      'features.airport_delay may be 10800 seconds old, not 7200',
      'stale is refuse, not null',
    ])
    expect(told(contractWith({ features: ['distance', 'hour'] }))).toEqual([
      'compatible',
      'features stand in another order',
    ])
    expect(told(contractWith({ features: ['hour'] }))).toEqual([
      'compatible',
      'features.distance is no longer asked for',
    ])
    expect(told(contractWith({ version: 2 }))).toEqual(['compatible', 'views are of version 2, not 1'])
  })

  test('are compatible where callers may send more', () => {
    expect(told(withColumn({ distance: int({ max: 9000, nullable: true, unit: 'miles' }) }))).toEqual([
      'compatible',
      'request.distance may now be null',
      'request.distance min is open and was 20',
      'request.distance max is 9000 and was 6000',
    ])
    expect(told(withColumn({ place: string({ length: 3, oneOf: ['ORD', 'LAX', 'DFW'] }) }))).toEqual([
      'compatible',
      'request.place may also be DFW',
    ])
    expect(told(withColumn({ place: string({ length: 3 }) }))).toEqual([
      'compatible',
      'request.place may be anything now',
    ])
    expect(told(withColumn({ at: timestamp({ zone: 'UTC' }) }))).toEqual([
      'compatible',
      'request.at is taken as UTC without a zone',
    ])
  })

  test('need a new schema version where a table gets a column', () => {
    expect(told(contractWith({ features: ['hour', 'distance', 'weekday'] }))).toEqual([
      'new schema version',
      'features.weekday is new',
    ])
    expect(told(contractWith({ more: true }))).toEqual([
      'new schema version',
      'windows.airport.features.distance is new',
    ])
  })

  test('need a new group version where a column means something else, or goes', () => {
    expect(told(contractWith({ hourOf: 'later' }))).toEqual([
      'new group version',
      'features.hour is computed otherwise',
    ])
    expect(told(contractWith({ threshold: 16 }))).toEqual(['new group version', 'label late is computed otherwise'])
    expect(told(contractWith({ over: '4 hours' }))).toEqual([
      'new group version',
      'windows.airport.features.flights is computed otherwise',
    ])
    expect(told(contractWith({ fewer: true }))).toEqual([
      'new group version',
      'features.airport_delay is no longer asked for',
      'windows.airport.features.delay is gone, and a table in use loses no column',
    ])
    expect(told(withColumn({ place: string({ length: 4, oneOf: ['ORD', 'LAX'] }) }))).toEqual([
      'new group version',
      'request.place length is 4 and was 3',
    ])
    const { airport } = inUse.windows
    const regridded = { ...inUse, windows: airport ? { airport: { ...airport, everySeconds: 60, by: ['at'] } } : {} }
    expect(told(regridded)).toEqual([
      'new group version',
      'windows.airport.by is another one',
      'windows.airport.every is another one',
    ])
    expect(told({ ...inUse, eventTime: { op: 'column', type: 'timestamp', name: 'other' } })).toEqual([
      'new group version',
      'eventTime is computed otherwise',
    ])
  })

  test('groups come and go without harm', () => {
    const without = { ...inUse, windows: {} }
    expect(told(without)).toEqual(['compatible', 'windows.airport is no longer read'])
    expect(told(inUse, without)).toEqual(['compatible', 'windows.airport is a new group'])
  })

  test('are refused where callers would be, or where the question is another one', () => {
    expect(told(withColumn({ distance: int({ min: 30, max: 6000, unit: 'km' }) }))).toEqual([
      'refused',
      'request.distance is in km and was in miles',
      'request.distance min is 30 and was 20: callers may send more',
    ])
    expect(told(contractWith({ columns: { ...base.columns, distance: double({ unit: 'miles' }) as never } }))).toEqual([
      'refused',
      'request.distance is double and was int: give it another name',
      'features.distance is computed otherwise',
      ...['windows.airport.features'].slice(1),
    ])
    expect(told(withColumn({ place: string({ length: 3, oneOf: ['ORD'] }) }))).toEqual([
      'refused',
      'request.place may no longer be LAX',
    ])
    expect(told(inUse, withColumn({ place: string({ length: 3 }) }))).toEqual([
      'refused',
      'request.place may only be one of a list now',
    ])
    expect(told(inUse, withColumn({ distance: int({ min: 20, max: 6000, unit: 'miles', nullable: true }) }))).toEqual([
      'refused',
      'request.distance may no longer be null, and callers may send null',
    ])
    expect(told(inUse, withColumn({ at: timestamp({ zone: 'UTC' }) }))).toEqual([
      'refused',
      'request.at needs a zone now, and callers may send none',
    ])
    const short = contractWith({ request: ['place', 'at'], features: ['hour'] })
    expect(told(short)).toEqual([
      'refused',
      'request.distance is gone, and callers send it',
      'features.distance is no longer asked for',
    ])
    expect(told(inUse, short)).toEqual([
      'refused',
      'request.distance is new and may not be null, and callers do not send it',
      'features.distance is new',
    ])
    expect(told(contractWith({ label: 'early' }))).toEqual([
      'refused',
      'label early (boolean) is another question than late (boolean): make it a pipeline of its own',
    ])
    expect(told(contractWith({ name: 'others' }))).toEqual(['refused', 'pipeline is others, not delays'])
    const [first, ...rest] = inUse.features
    const moved = {
      ...inUse,
      features: [{ ...first, from: 'airport', feature: 'hour', maxAgeSeconds: 1 } as never, ...rest],
    }
    expect(told(moved)).toEqual([
      'refused',
      'features.hour comes from airport and came from request: give it another name',
    ])
  })

  test('clash where one name would mean two things, or callers would be refused, and not where a feature comes or goes', () => {
    const clashes = (next: Contract) => contractClashes(inUse, next).map(({ path, words }) => `${path} ${words}`)
    expect(clashes(contractWith({ features: ['weekday'], version: 2, maxAge: '3 hours', more: true }))).toEqual([])
    expect(clashes({ ...inUse, windows: {}, features: inUse.features.slice(0, 2) })).toEqual([])
    expect(clashes(contractWith({ hourOf: 'later', request: ['place', 'at'], features: ['hour'] }))).toEqual([
      'request.distance is gone, and callers send it',
      'features.hour is computed otherwise',
    ])
  })

  test('docs/contract.md names each verdict', () => {
    const guide = readFileSync(new URL('../../../../docs/contract.md', import.meta.url), 'utf8')
    const table = guide.split('## When a contract changes\n')[1]?.split('\n## ')[0] ?? ''
    const named = [...table.matchAll(/^\| ([a-z ]+) \|/gm)].map(([, verdict]) => verdict)
    expect(named.slice(1)).toEqual([...verdicts])
  })
})

describe('the union of contracts', () => {
  const next = contractWith({
    version: 2,
    features: ['weekday', 'hour'],
    maxAge: '3 hours',
    more: true,
    stale: 'refuse',
    columns: { ...base.columns, distance: int({ nullable: true, unit: 'miles' }) },
  })
  const union = unionOfContracts([next, inUse])

  test('has the features of the newest, then those that only older ones have, as fresh as each of them wants', () => {
    expect(
      union.features.map((feature) => [feature.name, 'maxAgeSeconds' in feature && feature.maxAgeSeconds]),
    ).toEqual([
      ['weekday', false],
      ['hour', false],
      ['airport_flights', 7200],
      ['airport_delay', 7200],
      ['airport_distance', 10800],
      ['distance', false],
    ])
    expect(union).toMatchObject({ stale: 'refuse', groups: ['airport'], hashes: [next.hash, inUse.hash] })
  })

  test('takes the requests of the newest, which are those of the older ones and more', () => {
    expect(union.request).toEqual(next.request)
    expect(union.eventTime).toEqual(inUse.eventTime)
  })

  test('is read from each view once, by the keys of its groups', () => {
    const keys = ['place']
    expect(union.serving).toEqual([
      { name: 'delays_serving', version: 2, keys },
      { name: 'delays_serving', version: 1, keys },
    ])
    expect(unionOfContracts([inUse, inUse]).serving).toEqual([{ name: 'delays_serving', version: 1, keys }])
    expect(unionOfContracts([{ ...inUse, windows: {} }]).serving).toEqual([])
    expect(union.freshness).toEqual({ name: 'delays_freshness', version: 1 })
  })
})

describe('a pipeline with live groups', () => {
  const pipeline = pipelineWith({})
  const dropped = { ...pipeline, windows: [] }

  test('has those that it has dropped and that a live contract reads, as they were', () => {
    const [kept] = withLiveGroups(dropped, [contractWith({ over: '4 hours' }), inUse]).windows
    const { windows } = contractOf({ ...pipeline, windows: kept ? [kept] : [] })
    expect(windows).toEqual(contractWith({ over: '4 hours' }).windows)
  })

  test('keeps its own, and leaves those whose columns are gone', () => {
    expect(withLiveGroups(pipeline, [contractWith({ over: '4 hours' })])).toEqual(pipeline)
    const { delay: _delay, ...columns } = pipeline.spine.columns
    expect(withLiveGroups({ ...dropped, spine: { ...pipeline.spine, columns } }, [inUse]).windows).toEqual([])
  })
})
