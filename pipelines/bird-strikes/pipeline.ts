import {
  count,
  date,
  decimal,
  definePipeline,
  featureGroup,
  featureView,
  int,
  mean,
  s3,
  share,
  string,
  windowed,
} from '@hopline/pipeline'

/** One row a strike: what was known when the crew reported it, and what the mechanics found. */
const strikes = featureGroup('strikes', {
  from: [s3('bird-strikes/*.csv')],
  columns: {
    airport: string({ column: 'Airport Name', length: 40 }),
    aircraft: string({ column: 'Aircraft Make Model', length: 20 }),
    operator: string({ column: 'Aircraft Airline Operator', length: 40 }),
    flown_on: date({ column: 'Flight Date', description: 'day of the strike; the file knows no hour' }),
    phase: string({
      column: 'Phase of flight',
      oneOf: ['Take-off run', 'Climb', 'Descent', 'Approach', 'Landing Roll', 'Taxi', 'Parked'],
    }),
    light: string({ column: 'Time of day', oneOf: ['Dawn', 'Day', 'Dusk', 'Night'] }),
    speed: int({ column: 'Speed IAS in knots', min: 0, max: 400, unit: 'knots', nullable: true }),
    size: string({ column: 'Wildlife Size', oneOf: ['Small', 'Medium', 'Large'] }),
    species: string({ column: 'Wildlife Species', length: 30 }),
    damage: string({
      column: 'Effect Amount of damage',
      oneOf: ['None', 'Minor', 'Medium', 'Substantial'], // a few rows hold codes that nobody explains: to quarantine
    }),
    repair: decimal({ column: 'Cost Repair', min: 0, unit: 'dollars' }),
  },
  features: (strike) => ({
    damaged: strike.damage.is('None').not(),
    month: strike.flown_on.month(),
    size_rank: strike.size.is('Large').choose(3, strike.size.is('Medium').choose(2, 1)),
    climbing: strike.phase.oneOf(['Take-off run', 'Climb']),
    on_ground: strike.phase.oneOf(['Take-off run', 'Landing Roll', 'Taxi', 'Parked']),
    dark: strike.light.is('Day').not(),
    impact: strike.speed.times(strike.speed).per(1000), // energy goes with the square of the speed
    reported_at: strike.flown_on.midnight(),
    inspected_at: strike.flown_on.afterDays(7).midnight(), // the file holds no day of inspection: a careful estimate
  }),
  key: ['airport', 'flown_on', 'aircraft', 'operator', 'phase', 'light', 'species'],
  eventTime: (strike) => strike.reported_at,
})

/** What strikes have done lately, as far as the mechanics have looked: at one airport, to one type, by one species. */
const { at_airport, to_type, by_species } = windowed(strikes, {
  by: { at_airport: ['airport'], to_type: ['aircraft'], by_species: ['species'] },
  clock: (strike) => strike.inspected_at,
  every: '1 day',
  maxAge: '60 days',
  features: (strike) => ({
    strikes_30d: count().over('30 days'),
    damaged_365d: share(strike.damaged).over('365 days'),
    damaged_1000d: share(strike.damaged).over('1000 days'),
    repair_365d: mean(strike.repair).over('365 days'),
  }),
})

const view = featureView('bird_strikes', strikes, {
  label: 'damaged',
  request: ['airport', 'aircraft', 'flown_on', 'phase', 'light', 'speed', 'size', 'species'],
  features: ['month', 'size_rank', 'climbing', 'on_ground', 'dark', 'speed', 'impact'],
  join: [at_airport, to_type, by_species],
})

export default definePipeline({
  view,
  train: {
    framework: 'sklearn-1.4-2',
    script: 'train.py',
    instance: 'ml.m5.large',
    timeout: '30 minutes',
    history: '4500 days',
    holdout: { validation: '365 days', test: '730 days' }, // strikes are few: years, not days
    hyperparameters: { max_iter: 60, max_leaf_nodes: 7, learning_rate: 0.06, min_samples_leaf: 40 },
  },
  evaluate: {
    atLeast: { auc: 0.68 },
    slices: { by: ['size_rank', 'phase'], minRows: 300, atLeast: { auc: 0.5 } },
    champion: { metric: 'auc', margin: 0.01, confidence: 0.95 },
  },
  approve: { dev: 'automatically', prod: 'by a person' },
  deploy: {
    instance: 'ml.m5.large',
    count: { dev: 1, prod: 2 },
    canary: { count: 1, bake: '10 minutes' },
    rollback: { errorRate: 0.01, p99Ms: 250 },
  },
  monitor: {
    every: '1 day',
    psi: 0.2,
    labelsAfter: '7 days',
    quality: { atLeast: { auc: 0.65 } },
    retrain: { atMostEvery: '30 days', minNewRows: 300 },
  },
})
