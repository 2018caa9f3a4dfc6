import { describe, expect, it } from '@jest/globals'
import { validate, walk } from '../local/states/index.ts'
import type { Json, Mock, Mocks } from '../local/states/index.ts'
import { machine } from './machine.ts'

const definition = machine('train-model', {
  TrainingLauncherArn: 'arn:aws:lambda:us-east-1:1:function:launcher',
  EvaluatorArn: 'arn:aws:lambda:us-east-1:1:function:evaluator',
  PollSeconds: '60',
})
const plan = { runId: 'walk', pipeline: 'flight_delays' }
const manifest = { uri: 's3://data/manifest.json', sha256: 'a'.repeat(64), rows: { train: 3, validation: 2, test: 1 } }
const candidate = (name: string) => ({
  name,
  trainingJob: { TrainingJobName: `job-${name}` },
  model: { ModelName: name },
  transformJob: { TransformJobName: name },
  modelDataUrl: `s3://data/models/${name}`,
  predictionsUri: `s3://data/scored/${name}`,
})
const champion = {
  modelPackageArn: 'arn:1',
  transformJob: { TransformJobName: 'champion' },
  predictionsUri: 's3://data/scored/champion',
}
const evaluation = {
  verdict: 'promote',
  modelPackageArn: 'arn:2',
  reasons: [],
  evaluationUri: 's3://data/evaluation.json',
}
const job =
  (status: string): Mock =>
  (given: Json) => ({
    result: { TrainingJobName: (given as { TrainingJobName: string }).TrainingJobName, TrainingJobStatus: status },
  })
const composed = (names: readonly string[], live: typeof champion | null): Mock => ({
  payload: { candidates: names.map(candidate), champion: live },
})
const good: Mocks = {
  'Plan the training': { payload: { plan } },
  'Materialise the feature groups': { payload: { executions: [{ job: 'flights', id: 1 }] } },
  'Look at the materialisation': { payload: { state: 'done' } },
  'Take the snapshot': {
    payload: { snapshot: { version: 1, location: 's3://data/snapshots/1' }, executions: [{ job: 'td', id: 2 }] },
  },
  'Look at the snapshot': { payload: { state: 'done' } },
  'Write the manifest': { payload: { manifest } },
  'Compose the requests': composed(['challenger'], null),
  'Train the model': job('Completed'),
  'Create the model': { result: { ModelArn: 'arn' } },
  'Score the test split': { result: { TransformJobStatus: 'Completed' } },
  'Score the test split with the champion': { result: { TransformJobStatus: 'Completed' } },
  'Judge the candidates': { payload: evaluation },
}
const train = (mocks: Mocks = {}, input: Json = { pipeline: 'flight_delays' }) =>
  walk(definition, input, { ...good, ...mocks })

describe('train-model', () => {
  it('is a valid machine', () => {
    expect(validate(definition)).toEqual([])
  })

  it('goes from the feature store to a registered model', async () => {
    const { path, outcome, calls } = await train()
    expect(path.filter((state) => !/^(Wait|Look|Are|Is|Does)/.test(state))).toEqual([
      'Plan the training',
      'Materialise the feature groups',
      'Take the snapshot',
      'Write the manifest',
      'Compose the requests',
      'Train and score the models',
      ...path.filter((state) => /^(Train each|Train the|There is no)/.test(state)),
      'Create the model',
      'Score the test split',
      'Judge the candidates',
      'May the model be promoted?',
      'The model is registered',
    ])
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: evaluation })
    expect(calls['Plan the training']).toMatchObject([{ Payload: { runId: 'walk', ablation: false } }])
    expect(calls['Judge the candidates']).toMatchObject([
      {
        Payload: {
          plan,
          manifest,
          candidates: [{ name: 'challenger', trainingJobName: 'job-challenger' }],
          champion: null,
        },
      },
    ])
  })

  it('trains a second candidate when it is asked for an ablation, and scores the champion that serves', async () => {
    const { outcome, calls } = await train(
      { 'Compose the requests': composed(['challenger', 'without-online'], champion) },
      { pipeline: 'flight_delays', ablation: true },
    )
    expect(outcome.status).toBe('SUCCEEDED')
    expect(calls['Plan the training']).toMatchObject([{ Payload: { ablation: true } }])
    expect(calls['Judge the candidates']).toMatchObject([
      {
        Payload: {
          candidates: [{ name: 'challenger' }, { name: 'without-online' }],
          champion: { modelPackageArn: 'arn:1', predictionsUri: 's3://data/scored/champion' },
        },
      },
    ])
  })

  it('waits for Hopsworks between looks', async () => {
    const { seconds, calls } = await train({
      'Look at the materialisation': [{ payload: { state: 'running' } }, { payload: { state: 'done' } }],
      'Look at the snapshot': [
        { payload: { state: 'running' } },
        { payload: { state: 'running' } },
        { payload: { state: 'done' } },
      ],
    })
    expect(seconds).toBe(5 * 60)
    expect(calls['Look at the snapshot']).toMatchObject([{ Payload: { executions: [{ job: 'td', id: 2 }] } }, {}, {}])
  })

  it('waits until a materialisation that runs already has ended, then starts its own', async () => {
    const error = 'MaterialisationRunning'
    const own = good['Materialise the feature groups'] as Mock
    const { outcome, calls } = await train({
      'Materialise the feature groups': [...Array.from({ length: 20 }, () => ({ error })), own],
    })
    expect(outcome.status).toBe('SUCCEEDED')
    expect(calls['Materialise the feature groups']).toHaveLength(21)
  })

  it.each([
    ['materialisation', 'Look at the materialisation'],
    ['snapshot', 'Look at the snapshot'],
  ])('fails by name when the %s fails in Hopsworks', async (_, state) => {
    const { outcome } = await train({ [state]: { payload: { state: 'failed', cause: 'out of memory' } } })
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'HopsworksJobFailed', cause: 'out of memory' })
  })

  it.each([
    'Plan the training',
    'Materialise the feature groups',
    'Take the snapshot',
    'Write the manifest',
    'Compose the requests',
    'Judge the candidates',
  ])('passes on what made "%s" fail', async (state) => {
    const { outcome } = await train({ [state]: { error: 'UnusableSnapshot', cause: 'lacks late' } })
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'UnusableSnapshot', cause: 'lacks late' })
  })

  const functions = [
    'Plan the training',
    'Materialise the feature groups',
    'Look at the materialisation',
    'Take the snapshot',
    'Look at the snapshot',
    'Write the manifest',
    'Compose the requests',
    'Judge the candidates',
  ]
  const short = ['Lambda.TooManyRequestsException', 'Sandbox.Timedout', 'HopsworksUnavailable', 'ThrottlingException']
  it.each(short)('tries again after %s, everywhere: hours of training do not end by it', async (error) => {
    for (const state of functions) {
      const { outcome, calls } = await train({ [state]: [{ error }, { error }, good[state] as Mock] })
      expect(outcome.status).toBe('SUCCEEDED')
      expect(calls[state]).toHaveLength(3)
    }
  })

  it('tries a refused key once more, with the secret read anew', async () => {
    const state = 'Look at the snapshot'
    const { calls } = await train({ [state]: { error: 'HopsworksUnauthorised' } })
    expect(calls[state]).toHaveLength(2)
  })

  it('says why a training job failed, in the words of its script', async () => {
    const cause = JSON.stringify({ TrainingJobName: 'job', FailureReason: 'AlgorithmError: no rows, exit code: 1' })
    const { outcome, path } = await train({ 'Train the model': { error: 'States.TaskFailed', cause } })
    expect(path).toContain('Fail: the model could not be trained')
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'TrainingFailed' })
    expect(outcome).toMatchObject({ cause: expect.stringContaining('AlgorithmError: no rows') })
  })

  it('does not train again what failed for a reason of its own', async () => {
    const { calls } = await train({ 'Train the model': { error: 'States.TaskFailed', cause: '{}' } })
    expect(calls['Train the model']).toHaveLength(1)
  })

  it('takes a stopped job for a failure: its model may be half a model', async () => {
    const { outcome } = await train({ 'Train the model': job('Stopped') })
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'TrainingJobStopped' })
  })

  it('waits for instances when the quota is used up', async () => {
    const { outcome, seconds } = await train({
      'Train the model': [{ error: 'SageMaker.ResourceLimitExceededException' }, job('Completed')],
    })
    expect(outcome.status).toBe('SUCCEEDED')
    expect(seconds).toBeGreaterThanOrEqual(2 * 60 + 30)
  })

  it.each(['Train the model', 'Create the model', 'Score the test split'])(
    'asks again to "%s" when SageMaker throttles it',
    async (state) => {
      const { calls, outcome } = await train({
        [state]: [{ error: 'SageMaker.AmazonSageMakerException' }, job('Completed')],
      })
      expect(calls[state]).toHaveLength(2)
      expect(outcome.status).toBe('SUCCEEDED')
    },
  )

  it.each(['Create the model', 'Score the test split'])('fails by name when it cannot "%s"', async (state) => {
    const { outcome } = await train({ [state]: { error: 'SageMaker.AmazonSageMakerException', cause: 'plain text' } })
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'ScoringFailed',
      cause: expect.stringContaining('plain text'),
    })
  })

  it('fails with the reasons when the model is rejected, and deploys nothing', async () => {
    const { outcome } = await train({
      'Judge the candidates': {
        payload: { ...evaluation, verdict: 'reject', reasons: ['auc 0.6 is below 0.68', 'brier 0.2 is above 0.18'] },
      },
    })
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'ModelRejected',
      cause: 'auc 0.6 is below 0.68; brier 0.2 is above 0.18 (s3://data/evaluation.json)',
    })
  })
})
