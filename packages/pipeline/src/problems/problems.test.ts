import { describe, expect, test } from '@jest/globals'
import {
  count,
  definePipeline,
  double,
  featureGroup,
  featureView,
  int,
  InvalidPipeline,
  mean,
  min,
  s3,
  share,
  string,
  sum,
  timestamp,
  windowed,
} from '../index.ts'

// What the types refuse is also refused at run time: definitions are here written as without types.

/** Anything, as JavaScript has it. */
type Any = any

const columns: Any = {
  depot: string({ length: 8 }),
  sent_at: timestamp(),
  weight: double(),
  stops: int(),
  minutes: int({ nullable: true }),
}
const features = (row: Any) => ({
  slow: row.minutes.above(60),
  hour: row.sent_at.hour(),
  arrived_at: row.sent_at.afterMinutes(row.minutes),
})
const settings: Any = {
  train: {
    framework: 'sklearn-1.4-2',
    script: 'train.py',
    instance: { dev: 'ml.m5.large', prod: 'ml.m5.2xlarge' },
    timeout: '30 minutes',
    history: '60 days',
    holdout: { validation: '2 days', test: '5 days' },
    hyperparameters: { depth: 3, loss: 'log' },
  },
  evaluate: { atLeast: { auc: 0.7 }, champion: { metric: 'auc', margin: 0.01, confidence: 0.95 } },
  approve: { dev: 'automatically', prod: 'by a person' },
  deploy: {
    instance: 'ml.m5.large',
    count: { dev: 1, prod: 2 },
    canary: { count: 1, bake: '1 minute' },
    rollback: { errorRate: 0.01, p99Ms: 250 },
  },
  monitor: {
    every: '1 hour',
    psi: 0.2,
    labelsAfter: '1 day',
    quality: {},
    retrain: { atMostEvery: '1 day', minNewRows: 1 },
  },
}

interface Changes {
  readonly group?: Any
  readonly windows?: Any
  readonly view?: Any
  readonly spec?: Any
}

/** The problems of a pipeline that was fine before some changes. */
const problemsWith = ({ group = {}, windows = {}, view = {}, spec = {} }: Changes): string[] => {
  const parcels: Any = featureGroup('parcels', {
    from: [s3('parcels/*.csv')],
    columns,
    features,
    key: ['depot', 'sent_at'],
    eventTime: (row: Any) => row.sent_at,
    ...group,
  })
  const { day }: Any = windowed(parcels, {
    by: { day: ['depot'] },
    clock: (row: Any) => row.arrived_at,
    every: '1 hour',
    maxAge: '1 day',
    features: (row: Any) => ({ parcels: count().over('1 day'), slow: share(row.slow).over('1 day') }),
    ...windows,
  })
  const slow: Any = featureView('slow_parcels', parcels, {
    label: 'slow',
    request: ['depot', 'sent_at', 'weight', 'stops'],
    features: ['hour'],
    join: [day],
    ...view,
  })
  try {
    definePipeline({ view: slow, ...settings, ...spec })
  } catch (error) {
    if (error instanceof InvalidPipeline) return error.problems.map(({ path, message }) => `${path}: ${message}`)
    throw error
  }
  return []
}

const more = (of: (row: Any) => object) => ({ group: { features: (row: Any) => ({ ...features(row), ...of(row) }) } })
const column = (name: string, is: unknown) => ({ group: { columns: { ...columns, [name]: is } } })
const train = (change: object) => ({ spec: { train: { ...settings.train, ...change } } })
const evaluate = (change: object) => ({ spec: { evaluate: { ...settings.evaluate, ...change } } })
const deploy = (change: object) => ({ spec: { deploy: { ...settings.deploy, ...change } } })
const monitor = (change: object) => ({ spec: { monitor: { ...settings.monitor, ...change } } })
const over = (of: (row: Any) => object) => ({ windows: { features: of } })

describe('a definition without types', () => {
  test('is accepted where nothing is wrong', () => {
    expect(problemsWith({})).toEqual([])
  })

  test.each<[string, Changes, string[]]>([
    [
      'columns that are not there, wherever they are read',
      {
        group: { features: (row: Any) => ({ ...features(row), heavy: row.wieght.plus(1).above(row.heft) }) },
        windows: { clock: (row: Any) => row.arrived },
      },
      [
        'parcels.features.heavy: there is no wieght',
        'parcels.features.heavy: there is no heft',
        'day.clock: there is no arrived',
      ],
    ],
    [
      'lengths of time that nobody agrees on',
      {
        ...more((row) => ({ later: row.sent_at.after('1 fortnight'), sooner: row.sent_at.before() })),
        ...over(() => ({ parcels: count().over('1 moon' as Any) })),
      },
      [
        "parcels.features.later: '1 fortnight' is no duration",
        "parcels.features.sooner: 'undefined' is no duration",
        "day.features.parcels: must be a duration like '2 hours', not '1 moon'",
      ],
    ],
    [
      'operators of the wrong kind',
      more((row) => ({ a: row.depot.plus(1), b: row.stops.above('x'), c: row.sent_at.hour().concat('h') })),
      [
        'parcels.features.a: plus does not take string, int',
        'parcels.features.b: above does not take int, string',
        'parcels.features.c: concat does not take int, string',
      ],
    ],
    [
      'operators that are not there',
      more((row) => ({ shout: row.depot.upper() })),
      ['parcels.features: row.depot.upper is not a function'],
    ],
    [
      'constants that are none',
      more((row) => ({
        a: row.stops.plus(undefined),
        b: row.stops.plus(null),
        c: row.depot.is(undefined),
        d: row.weight.times(Number.NaN),
        e: row.sent_at.isAfter({}),
      })),
      [
        "parcels.features.a: 'undefined' is no int",
        "parcels.features.b: 'null' is no int",
        "parcels.features.c: 'undefined' is no string",
        "parcels.features.d: 'NaN' is no double",
        "parcels.features.e: '[object Object]' is no timestamp",
      ],
    ],
    [
      'features that are no expressions',
      more((row) => ({ a: 5, b: undefined, c: row.stops.floor })),
      [
        'parcels.features.a: must be an expression, not 5',
        'parcels.features.b: is missing: it must be an expression',
        'parcels.features.c: must be an expression, not a function',
      ],
    ],
    [
      'parts that are no functions, or give nothing',
      { group: { features: () => undefined, eventTime: 'sent_at' } },
      [
        'parcels.features: is missing: it must be an object of expressions',
        "parcels.eventTime: must be a function, not 'sent_at'",
      ],
    ],
    [
      'windows that are none',
      { windows: { by: { day: 'depot' }, clock: undefined, every: 3600, maxAge: undefined, features: {} } },
      [
        "day.by: must be a list, not 'depot'",
        "day.every: must be a duration like '2 hours', not 3600",
        "day.maxAge: is missing: it must be a duration like '2 hours'",
        'day.clock: is missing: it must be a function',
        'day.features: must be a function, not an object',
      ],
    ],
    [
      'aggregates of what an engine cannot aggregate',
      over((row) => ({
        a: share(row.stops).over('1 day'),
        b: mean(row.depot).over('1 day'),
        c: sum(row.weight).over('1 day'),
        d: min(row.depot).over('1 day'),
        e: count(),
        f: 7,
      })),
      [
        'day.features.a: share takes boolean, not int',
        'day.features.b: mean takes int, long, decimal, not string',
        'day.features.c: sum takes int, long, boolean, decimal, not double: it would depend on the order of rows',
        'day.features.d: min takes int, long, decimal, double, timestamp, date, not string',
        "day.features.e: must be an aggregate and its window, like count().over('3 hours'), not an object",
        "day.features.f: must be an aggregate and its window, like count().over('3 hours'), not 7",
      ],
    ],
    [
      'expressions that Spark could not parse',
      more((row) => ({ deep: Array.from({ length: 150 }).reduce((x: Any) => x.plus(1), row.stops) })),
      ['parcels.features.deep: nests 150 operators, and 100 are the most'],
    ],
    ['a clock that is no time', { windows: { clock: (row: Any) => row.stops } }, ['day.clock: must be a timestamp']],
    [
      'options that a column does not have: they would have no effect',
      column('weight', double({ minimum: 0 } as Any)),
      ['parcels.columns.weight.minimum: is not known: there is column, nullable, description, unit, min, max'],
    ],
    [
      'options of the wrong type',
      {
        group: {
          columns: {
            ...columns,
            sent_at: timestamp({ zone: 'Europe/Zurich', epoch: 'minutes' } as Any),
            stops: int({ min: '1', nullable: 'yes', unit: 5 } as Any),
          },
        },
      },
      [
        "parcels.columns.sent_at.zone: must be 'UTC', not 'Europe/Zurich'",
        "parcels.columns.sent_at.epoch: must be 'seconds' or 'milliseconds' or 'microseconds', not 'minutes'",
        "parcels.columns.stops.nullable: must be true or false, not 'yes'",
        'parcels.columns.stops.unit: must be text that is not empty, not 5',
        "parcels.columns.stops.min: must be a number, not '1'",
      ],
    ],
    [
      'columns that are none',
      column('extra', string),
      ['parcels.columns.extra: must be a column like int(), not a function'],
    ],
    [
      'a group without its parts',
      { group: { from: 'parcels/*.csv', key: 'depot' } },
      ["parcels.from: must be a list, not 'parcels/*.csv'", "parcels.key: must be a list, not 'depot'"],
    ],
    [
      'sources that are none',
      {
        group: {
          from: [
            'parcels/*.csv',
            { from: 's3' },
            { from: 'kinesis', stream: '' },
            { from: 'postgres', table: 't', cursor: 'c', every: 'day' },
          ],
        },
      },
      [
        "parcels.from[0]: must be a source like s3(), not 'parcels/*.csv'",
        'parcels.from[1].glob: is missing: it must be text that is not empty',
        "parcels.from[2].stream: must be text that is not empty, not ''",
        "parcels.from[3].every: must be a duration like '2 hours', not 'day'",
      ],
    ],
    [
      'a view without its parts',
      {
        view: { label: undefined, request: 'depot', features: undefined, join: [undefined], stale: 'maybe', joins: [] },
      },
      [
        'slow_parcels.joins: is not known: there is name, version, spine, label, request, features, join, stale',
        'slow_parcels.label: is missing: it must be text that is not empty',
        "slow_parcels.request: must be a list, not 'depot'",
        'slow_parcels.features: is missing: it must be a list',
        'slow_parcels.join[0]: is missing: it must be what windowed() gives',
        "slow_parcels.stale: must be 'null' or 'refuse', not 'maybe'",
      ],
    ],
    [
      'names that are there twice, and a label of text',
      { view: { label: 'depot', request: ['depot', 'depot', 'sent_at'], features: ['hour', 'hour'] } },
      [
        'slow_parcels.request: depot is there twice',
        'slow_parcels.label: depot is a string, and a label is a boolean or a number',
        'slow_parcels.features: hour is there twice',
      ],
    ],
    ['no view', { spec: { view: undefined } }, ['view: is missing: it must be an object']],
    [
      'settings that are missing, and one too many',
      {
        spec: {
          train: undefined,
          evaluate: {},
          approve: { dev: 'automatically' },
          deploy: undefined,
          monitor: 1,
          tune: {},
        },
      },
      [
        'tune: is not known: there is view, train, evaluate, approve, deploy, monitor',
        'train: is missing: it must be an object',
        'evaluate.champion: is missing: it must be an object',
        "approve.prod: is missing: it must be 'automatically' or 'by a person'",
        'deploy: is missing: it must be an object',
        'monitor: must be an object, not 1',
      ],
    ],
    [
      'how it is trained',
      train({
        framework: 'keras',
        spot: 'yes',
        hyperparameters: { depth: true },
      }),
      [
        "train.framework: must be a framework and its version like 'sklearn-1.4-2', not 'keras'",
        "train.spot: must be true or false, not 'yes'",
        'train.hyperparameters.depth: must be a number, not true',
      ],
    ],
    ['how far back it looks', train({ history: '7 days' }), ['train.history: must be longer than train.holdout']],
    [
      'how it is judged',
      evaluate({
        atLeast: { auc: 70, acuracy: 0.5 },
        atMost: { log_loss: -1 },
        champion: { metric: 'auk', margin: -1, confidence: 1 },
      }),
      [
        'evaluate.atLeast.acuracy: is not known: there is auc, average_precision, accuracy',
        'evaluate.atLeast.auc: must be a number from 0 to 1, not 70',
        'evaluate.atMost.log_loss: must be a number from 0, not -1',
        "evaluate.champion.metric: must be 'auc' or 'average_precision' or 'accuracy' or 'brier' or 'log_loss' or 'calibration_error', not 'auk'",
        'evaluate.champion.margin: must be a number from 0, not -1',
        'evaluate.champion.confidence: must be between 0.5 and 1, not 1',
      ],
    ],
    [
      'how it is deployed and watched',
      {
        spec: {
          ...deploy({ canary: { count: 2, bake: '1 minute' }, rollback: { errorRate: 5, p99Ms: 0 } }).spec,
          ...monitor({ psi: 0, retrain: { atMostEvery: '1 day', minNewRows: 0.5 } }).spec,
        },
      },
      [
        'deploy.rollback.errorRate: must be a number from 0 to 1, not 5',
        'deploy.rollback.p99Ms: must be a number above 0, not 0',
        'deploy.canary.count: must not be above count (1)',
        'monitor.psi: must be a number above 0, not 0',
        'monitor.retrain.minNewRows: must be a whole number from 1, not 0.5',
      ],
    ],
  ])('is refused for %s', (_, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems)
  })

  test('is refused in one message, a line for each problem', () => {
    const define = () => definePipeline({ ...settings, view: undefined, approve: 'never' })
    expect(define).toThrow(
      "the pipeline cannot be defined:\n  view: is missing: it must be an object\n  approve: must be 'automatically' or 'by a person', not 'never'",
    )
  })
})
