import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { settings } from '../test-support/settings.ts'
import type { UsesOf } from './expression/expression.ts'
import type { RequestOf, VectorOf } from './index.ts'
import {
  boolean,
  count,
  date,
  decimal,
  definePipeline,
  double,
  featureGroup,
  featureView,
  groupOfObject,
  int,
  InvalidPipeline,
  kinesis,
  long,
  max,
  mean,
  objectPatterns,
  postgres,
  range,
  s3,
  share,
  string,
  sum,
  timestamp,
  windowed,
} from './index.ts'

const spec = {
  from: [
    s3('parcels/*.csv'),
    kinesis('scans'),
    postgres({ table: 'parcels', cursor: 'updated_at', every: '15 minutes' }),
  ],
  columns: {
    depot: string({ length: 8 }),
    courier: long(),
    sent_at: timestamp(),
    weight: double({ min: 0, unit: 'kg' }),
    stops: int(),
    insured: boolean(),
    minutes: int({ nullable: true }),
    tag: string({ nullable: true }),
  },
  key: ['depot', 'sent_at'],
} as const

const parcels = featureGroup('parcels', {
  ...spec,
  features: (parcel) => ({
    slow: parcel.minutes.above(60),
    hour: parcel.sent_at.hour(),
    load: parcel.weight.per(parcel.stops),
    arrived_at: parcel.sent_at.afterMinutes(parcel.minutes),
  }),
  eventTime: (parcel) => parcel.sent_at,
})

const { depot_day } = windowed(parcels, {
  by: { depot_day: ['depot'] },
  clock: (parcel) => parcel.arrived_at,
  every: '1 hour',
  maxAge: '1 day',
  features: (parcel) => ({
    parcels: count().over('1 day'),
    slow: share(parcel.slow).over('1 day'),
    heaviest: max(parcel.weight).over('1 day'),
  }),
})

const view = featureView('slow_parcels', parcels, {
  label: 'slow',
  request: ['depot', 'sent_at', 'weight', 'stops', 'insured', 'tag'],
  features: ['hour', 'load', 'insured'],
  join: [depot_day],
})

const pipeline = definePipeline({ view, ...settings })

const problemsOf = (make: () => unknown) => {
  try {
    make()
  } catch (error) {
    if (error instanceof InvalidPipeline) return error.problems.map(({ path, message }) => `${path}: ${message}`)
    throw error
  }
  return []
}

describe('types', () => {
  test('the request and the vector of a pipeline are known by name', () => {
    const request: RequestOf<typeof pipeline> = {
      depot: 'north',
      sent_at: '2026-01-01T00:00:00Z',
      weight: 1.5,
      stops: 2,
      insured: true,
    }
    const { tag: _tag, ...untagged }: RequestOf<typeof pipeline> = { ...request, tag: null }
    const sentAgain: RequestOf<typeof pipeline> = untagged
    // @ts-expect-error weight may not be null · Type 'null' is not assignable to type 'number'
    const weightless: RequestOf<typeof pipeline> = { ...request, weight: null }
    const vector: VectorOf<typeof pipeline> = {
      hour: 7,
      load: 0.75,
      insured: true,
      depot_day_parcels: 3,
      depot_day_slow: null,
      depot_day_heaviest: 2.5,
    }
    // @ts-expect-error a string is no number · Type 'string' is not assignable to type 'number'
    const wrong: RequestOf<typeof pipeline>['weight'] = 'heavy'
    // @ts-expect-error the label is no part of the vector · Type '"slow"' is not assignable to type
    const leaked: keyof VectorOf<typeof pipeline> = 'slow'
    expect([sentAgain, weightless.weight]).toEqual([request, null])
    expect([request.weight, vector.depot_day_parcels, wrong, leaked]).toEqual([1.5, 3, 'heavy', 'slow'])
  })

  test('arithmetic knows its kind', () => {
    featureGroup('kinds', {
      ...spec,
      features: ({ sent_at, stops, courier }) => ({
        whole: sent_at.afterMinutes(stops.plus(1).times(2)),
        // @ts-expect-error half a stop is a double · Type '"double"' is not assignable to type '"int"'
        half: sent_at.afterMinutes(stops.plus(0.5)),
        // @ts-expect-error with a long it is a long · Type '"long"' is not assignable to type '"int"'
        wide: sent_at.afterMinutes(stops.plus(courier)),
        // @ts-expect-error a quotient is a double · Type '"double"' is not assignable to type '"int"'
        quotient: sent_at.afterMinutes(stops.per(2)),
        floor: sent_at.afterMinutes(stops.per(2).floor()),
      }),
      eventTime: (row) => row.sent_at,
    })
  })

  test('operators take operands of their kind', () => {
    const { features } = featureGroup('operands', {
      ...spec,
      columns: { ...spec.columns, price: decimal(), day: date() },
      features: ({ depot, sent_at, stops, courier, weight, insured, price, day }) => ({
        // @ts-expect-error text has no arithmetic · Property 'plus' does not exist on type 'StringExpression<"depot">'
        text: depot.plus(1),
        // @ts-expect-error text is a constant of decimals only · Argument of type 'string' is not assignable
        whole: stops.plus('1.5'),
        // @ts-expect-error text does not become a number · Type '"string"' is not assignable to type
        mixed: stops.above(depot),
        // @ts-expect-error a number is no part of text · Argument of type 'number' is not assignable
        joined: depot.concat(7),
        // @ts-expect-error both choices must be of one kind · Argument of type 'string' is not assignable
        choice: insured.choose(stops, 'none'),
        // @ts-expect-error bounds are constants · is not assignable to parameter of type 'number'
        bounds: stops.clamp(0, courier),
        // @ts-expect-error only whole numbers and text are looked up · Type 'number' is not assignable to type 'never'
        listed: weight.oneOf([1.5]),
        // @ts-expect-error an instant is no day · Type '"timestamp"' is not assignable to type '"date"'
        days: day.daysSince(sent_at),
        // @ts-expect-error a day has no hour · Property 'hour' does not exist on type 'DateExpression<"day">'
        hour: day.hour(),
        fine: insured.choose(price.plus('0.25').times(2), stops).above(courier).and(day.midnight().isBefore(sent_at)),
      }),
      eventTime: (row) => row.sent_at,
    })
    type Read = UsesOf<(typeof features)['fine']>
    const uses: Read[] = ['courier', 'day', 'insured', 'price', 'sent_at', 'stops']
    // @ts-expect-error weight is not read · Type '"weight"' is not assignable to type '"courier" | "day" | "insured" | "price" |
    const unused: Read = 'weight'
    expect(uses).not.toContain(unused)
  })

  test('a misspelt column does not compile', () => {
    featureGroup('typo', {
      ...spec,
      // @ts-expect-error there is no wieght · Property 'wieght' does not exist
      features: (parcel) => ({ heavy: parcel.wieght.above(10) }),
      eventTime: (row) => row.sent_at,
    })
  })

  test('windows refuse what they cannot exactly aggregate, a clock that is no time, and unknown lengths', () => {
    const common = { by: { w: ['depot'] }, every: '1 hour', maxAge: '1 day' } as const
    windowed(parcels, {
      ...common,
      // @ts-expect-error a number is no clock · Type '"double"' is not assignable to type '"timestamp"'
      clock: (row) => row.weight,
      features: (row) => ({
        // @ts-expect-error share of a number · Type '"int"' is not assignable to type '"boolean"'
        share: share(row.stops).over('1 day'),
        // @ts-expect-error mean of a string · Type '"string"' is not assignable to type '"decimal" | "int" | "long"'
        mean: mean(row.depot).over('1 day'),
        // @ts-expect-error a sum of doubles depends on their order · Type '"double"' is not assignable to type '"boolean" | "decimal" | "int" | "long"'
        sum: sum(row.weight).over('1 day'),
      }),
    })
    windowed(parcels, {
      ...common,
      // @ts-expect-error nor on a moon · Argument of type '"1 moon"' is not assignable
      clock: (row) => row.arrived_at.after('1 moon'),
      // @ts-expect-error nobody agrees on a fortnight · Argument of type '"1 fortnight"' is not assignable
      features: () => ({ parcels: count().over('1 fortnight') }),
    })
    // @ts-expect-error a timestamp is no key of the online store · Type '"sent_at"' is not assignable to type 'KeyColumn<
    windowed(parcels, { ...common, by: { w: ['sent_at'] }, clock: (row) => row.sent_at, features: () => ({}) })
  })
})

describe('the compiler', () => {
  const source = readFileSync(import.meta.filename, 'utf8')

  /** What tsc says of this file without its `@ts-expect-error`, by line. */
  const complaints = () => {
    const folder = mkdtempSync(join(import.meta.dirname, '..', '.types', 'refused-'))
    const config = {
      extends: join(import.meta.dirname, '../../../tsconfig.base.json'),
      compilerOptions: {
        noEmit: true,
        composite: false,
        emitDeclarationOnly: false,
        declarationMap: false,
        rootDir: '/',
      },
      include: ['definition.ts'],
    }
    try {
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
      const text = source.replaceAll('// @ts-expect-error', '// refused:').replaceAll("'./", `'${import.meta.dirname}/`)
      writeFileSync(join(folder, 'definition.ts'), text)
      const { stdout } = spawnSync('tsc', ['-p', folder, '--pretty', 'false'], { encoding: 'utf8' })
      return stdout
        .split(/^(?=\S*definition\.ts\()/m)
        .map((said) => ({ line: Number(/\((\d+),/.exec(said)?.[1]), said }))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  test('refuses each line for the reason that stands above it', () => {
    const expected = source.split('\n').flatMap((text, at) => {
      const [, words] = /^ *\/\/ @ts-expect-error (.*)$/.exec(text) ?? []
      return words === undefined ? [] : [{ line: at + 2, words, reason: words.split(' · ')[1] ?? 'no reason is given' }]
    })
    const found = complaints()
    expect(found.map(({ line }) => line)).toEqual(expected.map(({ line }) => line))
    for (const [at, { words, reason }] of expected.entries()) {
      const said = found[at]?.said ?? ''
      if (!said.includes(reason)) expect(said).toBe(words)
    }
  })
})

describe('definePipeline', () => {
  test('accepts what the types accept', () => {
    expect(pipeline.name).toBe('slow_parcels')
    expect(pipeline.windows).toEqual([depot_day])
  })

  test('refuses a feature that reads what the request lacks, in the types and at run time', () => {
    const leaky = featureView('leaky', parcels, {
      label: 'slow',
      request: ['depot', 'sent_at'],
      // @ts-expect-error arrived_at reads minutes, which nobody knows yet · Type '"arrived_at"' is not assignable to type 'Known<
      features: ['arrived_at'],
      join: [],
    })
    expect(problemsOf(() => definePipeline({ view: leaky, ...settings }))).toEqual([
      'leaky.features: arrived_at reads minutes, which the request lacks',
    ])
  })

  test('refuses a join whose key the caller does not send', () => {
    const keyless = featureView('keyless', parcels, {
      label: 'slow',
      request: ['sent_at'],
      features: ['hour'],
      // @ts-expect-error the request lacks depot · Type '"depot"' is not assignable to type '"sent_at"'
      join: [depot_day],
    })
    expect(problemsOf(() => definePipeline({ view: keyless, ...settings }))).toEqual([
      'keyless.join: depot_day is keyed by depot, which the request lacks',
    ])
  })

  test('refuses a key that is not there', () => {
    const group = featureGroup('parcels', {
      ...spec,
      // @ts-expect-error there is no parcel · Type '"parcel"' is not assignable to type '"courier" |
      key: ['parcel'],
      features: (row) => ({ slow: row.minutes.above(60) }),
      eventTime: (row) => row.sent_at,
    })
    expect(problemsOf(() => definePipeline({ view: { ...view, spine: group }, ...settings }))).toContain(
      'parcels.key: there is no parcel',
    )
  })

  test('refuses a slice and a tuned parameter that are not there', () => {
    expect(
      problemsOf(() =>
        definePipeline({
          view,
          ...settings,
          train: {
            ...settings.train,
            tune: {
              metric: 'auc',
              jobs: 2,
              parallel: 3,
              // @ts-expect-error there is no such hyperparameter · 'width' does not exist in type
              space: { width: range(0, 1, 'log') },
            },
          },
          evaluate: {
            ...settings.evaluate,
            // @ts-expect-error more AUC is better: it cannot be bounded from above · 'auc' does not exist in type
            atMost: { auc: 0.9 },
            slices: {
              // @ts-expect-error there is no slice by colour · Type '"colour"' is not assignable to type '"depot" |
              by: ['colour'],
              minRows: 1,
            },
          },
        }),
      ),
    ).toEqual([
      'train.tune.parallel: must not be above jobs (2)',
      'train.tune.space.width: there is no such hyperparameter',
      'train.tune.space.width: a log scale starts above 0',
      'evaluate.atMost.auc: is not known: there is brier, log_loss, calibration_error',
      'evaluate.slices.by: there is no colour',
    ])
  })

  test('lists every problem with its path in one error', () => {
    const group = featureGroup('Parcels', {
      from: [],
      columns: {
        depot: string({ length: 0, nullable: true }),
        sent_at: timestamp(),
        weight: int({ min: 2, max: 1 }),
      },
      features: (row) => ({ weight: row.weight.plus(1) }),
      key: ['depot'],
      eventTime: (row) => row.sent_at.before('1 hour'),
    })
    const { odd } = windowed(group, {
      by: { odd: ['depot'] },
      clock: (row) => row.sent_at,
      every: '2 hours',
      maxAge: '0 days',
      features: () => ({ tile_end: count().over('3 hours') }),
    })
    const view = featureView('v', group, { label: 'weight', request: ['depot', 'sent_at'], features: [], join: [odd] })
    expect(problemsOf(() => definePipeline({ view, ...settings }))).toEqual([
      "Parcels: 'Parcels' must be snake_case and at most 61 characters long",
      'Parcels.from: needs a source',
      'Parcels.columns.depot.length: must be a whole number from 1 to 1000',
      'Parcels.columns.weight: min 2 is above max 1',
      'Parcels.features.weight: a column has the same name',
      'Parcels.key: depot is nullable',
      'Parcels.eventTime: must be a column or a feature of the group',
      'odd.by: depot is nullable',
      "odd.maxAge: must be a duration like '2 hours', not '0 days'",
      'odd.features.tile_end: this name is taken',
      'odd.features.tile_end: 3 hours is not a whole number of tiles of 2 hours',
    ])
  })
})

describe('columns', () => {
  test('bounds, lists, lengths and scales that no value could meet are refused', () => {
    const group = featureGroup('odd', {
      from: [s3('odd/*.csv')],
      columns: {
        at: timestamp(),
        a: int({ min: 0.5 }),
        b: long({ max: 2 ** 60 }),
        c: double({ max: Number.POSITIVE_INFINITY }),
        d: decimal({ scale: 1, min: 0.25, max: 9.5 }),
        e: decimal({ scale: 19 }),
        f: string({ length: 2, oneOf: ['ab', 'abc', 'ab'] }),
        g: int({ oneOf: [] }),
      },
      features: () => ({}),
      key: ['at'],
      eventTime: (row) => row.at,
    })
    const report = problemsOf(() => definePipeline({ view: { ...view, spine: group, join: [] }, ...settings }))
    expect(report.filter((problem) => problem.startsWith('odd.'))).toEqual([
      'odd.columns.a: the bound 0.5 is no int',
      'odd.columns.b: the bound 1152921504606847000 is no long',
      'odd.columns.c: the bound Infinity is no double',
      'odd.columns.d: the bound 0.25 is no decimal of this scale',
      'odd.columns.e.scale: must be a whole number from 0 to 18',
      'odd.columns.f.oneOf: names a value twice',
      "odd.columns.f.oneOf: the column cannot hold 'abc'",
      'odd.columns.g.oneOf: needs a value',
    ])
  })
})

describe('sources', () => {
  test('objects of the raw bucket belong to the group whose glob their key matches', () => {
    expect(objectPatterns(pipeline)).toEqual([{ wildcard: 'parcels/*.csv' }])
    expect(groupOfObject(pipeline, 'parcels/2026 01.csv')).toBe('parcels')
    for (const key of ['parcels/deep/1.csv', 'parcels/1Xcsv', 'parcels/1.csv.tmp', 'other/parcels/1.csv']) {
      expect(groupOfObject(pipeline, key)).toBeUndefined()
    }
  })
})
