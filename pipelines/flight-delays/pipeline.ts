import {
  count,
  definePipeline,
  featureGroup,
  featureView,
  int,
  mean,
  range,
  s3,
  share,
  string,
  timestamp,
  windowed,
} from '@hopline/pipeline'

/** One row a flight, known in full once it has landed. Late means more than a quarter of an hour. */
const flights = featureGroup('flights', {
  from: [s3('flights/*.parquet'), s3('flights/*.csv')],
  columns: {
    origin: string({ length: 3 }),
    destination: string({ length: 3 }),
    left_at: timestamp({ column: 'date', zone: 'UTC' }), // off the gate; local time, taken as UTC
    distance: int({ min: 20, max: 6_000, unit: 'miles' }),
    delay: int({ min: -120, max: 1_000, unit: 'minutes' }), // on arrival
  },
  features: (flight) => ({
    late: flight.delay.above(15),
    hour: flight.left_at.hour(),
    weekday: flight.left_at.weekday(),
    landed_at: flight.left_at.afterMinutes(flight.distance.per(7).floor().plus(45)), // the file holds no arrival: a careful estimate
  }),
  key: ['origin', 'destination', 'left_at'],
  eventTime: (flight) => flight.left_at, // when a prediction is asked for: training sees nothing newer
})

/** How the airport and the route have been doing, from flights that have landed: no window sees an outcome before it is known. */
const { airport } = windowed(flights, {
  by: { airport: ['origin'] },
  clock: (flight) => flight.landed_at,
  every: '1 hour',
  maxAge: '2 hours', // the data may not be further behind when a prediction is made
  features: (flight) => ({
    flights_3h: count().over('3 hours'),
    late_3h: share(flight.late).over('3 hours'),
    delay_3h: mean(flight.delay).over('3 hours'),
    delay_24h: mean(flight.delay).over('24 hours'),
  }),
})

const { route } = windowed(flights, {
  by: { route: ['origin', 'destination'] },
  clock: (flight) => flight.landed_at,
  every: '1 hour',
  maxAge: '1 day',
  features: (flight) => ({
    delay_3h: mean(flight.delay).over('3 hours'),
    late_24h: share(flight.late).over('24 hours'),
    delay_24h: mean(flight.delay).over('24 hours'),
    delay_7d: mean(flight.delay).over('7 days'),
  }),
})

const view = featureView('flight_delays', flights, {
  label: 'late',
  request: ['origin', 'destination', 'left_at', 'distance'], // what the caller sends
  features: ['hour', 'weekday', 'distance'], // computed from the request alone
  join: [airport, route], // read from the online store
})

export default definePipeline({
  view,
  train: {
    framework: 'sklearn-1.4-2',
    script: 'train.py',
    instance: { dev: 'ml.m5.large', prod: 'ml.m5.2xlarge' },
    spot: true,
    timeout: '30 minutes',
    history: '60 days',
    holdout: { validation: '2 days', test: '5 days' }, // by time, newest last
    hyperparameters: {
      max_iter: 80,
      max_leaf_nodes: 15,
      learning_rate: 0.08,
      min_samples_leaf: 100,
      l2_regularization: 1,
    },
    tune: {
      metric: 'auc',
      jobs: 12,
      parallel: 3,
      space: { max_leaf_nodes: range(7, 63, 'log'), learning_rate: range(0.01, 0.3, 'log') },
    },
  },
  evaluate: {
    atLeast: { auc: 0.68 },
    atMost: { brier: 0.18, calibration_error: 0.05 },
    slices: { by: ['weekday', 'origin'], minRows: 500, atLeast: { auc: 0.55 } },
    champion: { metric: 'auc', margin: 0.002, confidence: 0.95 }, // paired, on the same test rows
  },
  approve: { dev: 'automatically', prod: 'by a person' },
  deploy: {
    instance: 'ml.m5.large',
    count: { dev: 1, prod: 2 },
    canary: { count: 1, bake: '10 minutes' },
    rollback: { errorRate: 0.01, p99Ms: 250 },
  },
  monitor: {
    every: '1 hour',
    psi: 0.2, // against the training snapshot
    labelsAfter: '12 hours',
    quality: { atLeast: { auc: 0.65 } },
    retrain: { atMostEvery: '1 day', minNewRows: 20_000 },
  },
})
