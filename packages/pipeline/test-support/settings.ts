/** What definePipeline asks for beside the view, for tests of which it is not the subject. */
export const settings = {
  train: {
    framework: 'sklearn-1.4-2',
    script: 'train.py',
    instance: 'ml.m5.large',
    timeout: '30 minutes',
    history: '60 days',
    holdout: { validation: '2 days', test: '5 days' },
    hyperparameters: { depth: 3 },
  },
  evaluate: { champion: { metric: 'auc', margin: 0, confidence: 0.9 } },
  approve: 'automatically',
  deploy: {
    instance: 'ml.m5.large',
    count: 1,
    canary: { count: 1, bake: '1 minute' },
    rollback: { errorRate: 1, p99Ms: 1 },
  },
  monitor: {
    every: '1 hour',
    psi: 0.2,
    labelsAfter: '1 day',
    quality: {},
    retrain: { atMostEvery: '1 day', minNewRows: 1 },
  },
} as const
