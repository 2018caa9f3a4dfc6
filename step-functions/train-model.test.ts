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
const channels = (S3Uri: string) => [{ DataSource: { S3DataSource: { S3Uri } } }]
const candidate = (name: string) => ({
  name,
  trainingJob: { TrainingJobName: `job-${name}`, InputDataConfig: channels('s3://data/snapshots/1/train/') },
  model: { PrimaryContainer: { Image: 'scikit-learn' } },
  transformJob: { TransformJobName: `job-${name}` },
  predictionsUri: `s3://data/scored/${name}`,
})
const champion = {
  modelPackageArn: 'arn:1',
  transformJob: { TransformJobName: 'champion', ModelName: 'flight-delays-dev-v1' },
  predictionsUri: 's3://data/scored/champion',
}
const evaluation = {
  verdict: 'promote',
  modelPackageArn: 'arn:2',
  reasons: [],
  evaluationUri: 's3://data/evaluation.json',
}
const job =
  (TrainingJobStatus: string): Mock =>
  (given: Json) => {
    const { TrainingJobName } = given as { TrainingJobName: string }
    const { InputDataConfig } = candidate('challenger').trainingJob
    const ModelArtifacts = { S3ModelArtifacts: `s3://data/models/${TrainingJobName}/output/model.tar.gz` }
    return { result: { TrainingJobName, TrainingJobStatus, InputDataConfig, ModelArtifacts } }
  }
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
  'Train the model at last': job('Completed'),
  'Create the model': { result: { ModelArn: 'arn' } },
  'Score the test split': { result: { TransformJobStatus: 'Completed' } },
  'Score the test split with the champion': { result: { TransformJobStatus: 'Completed' } },
  'Judge the candidates': { payload: evaluation },
}
const train = (mocks: Mocks = {}, input: Json = { pipeline: 'flight_delays' }, redriveCount = 0) =>
  walk(definition, input, { ...good, ...mocks }, { redriveCount })

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
      'Train each candidate',
      'Begin with the candidate',
      'Train the model',
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
          candidates: [
            {
              name: 'challenger',
              trainingJobName: 'job-challenger-0',
              modelDataUrl: 's3://data/models/job-challenger-0/output/model.tar.gz',
            },
          ],
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
    'Look at the materialisation',
    'Take the snapshot',
    'Look at the snapshot',
    'Write the manifest',
    'Compose the requests',
    'Judge the candidates',
    'Create the model',
    'Score the test split',
    'Score the test split with the champion',
  ])('fails by name in "%s" itself, or where it never answers: a redrive goes on there', async (state) => {
    const live = { 'Compose the requests': composed(['challenger'], champion) }
    const { outcome, path } = await train({ ...live, [state]: { error: 'UnusableSnapshot', cause: 'lacks late' } })
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'UnusableSnapshot', cause: 'lacks late' })
    expect(path.filter((name) => name.startsWith('Fail'))).toEqual([])
    const silent = await train({ ...live, [state]: { hangs: true } })
    expect(silent.outcome).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
    expect(silent.path.filter((name) => name.startsWith('Fail'))).toEqual([])
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

  const failed = (FailureReason: string) => ({
    error: 'States.TaskFailed',
    cause: JSON.stringify({ TrainingJobName: 'job', FailureReason }),
  })

  it('says why a training job failed, in the words of its script, and does not try that again', async () => {
    const reason = 'AlgorithmError: no rows, exit code: 1'
    const { outcome, calls } = await train({ 'Train the model': failed(reason) })
    expect(outcome).toEqual({ status: 'FAILED', error: 'TrainingFailed', cause: reason })
    expect(calls['Train the model']).toHaveLength(1)
  })

  it.each([
    'CapacityError: Unable to provision requested ML compute capacity.',
    'InternalServerError: Please try again.',
  ])('trains again, three times in all and under other names, after %s', async (reason) => {
    const recovered = await train({ 'Train the model': [failed(reason), failed(reason), job('Completed')] })
    expect(recovered.outcome.status).toBe('SUCCEEDED')
    expect(recovered.calls['Train the model']).toMatchObject([
      { TrainingJobName: 'job-challenger-0' },
      { TrainingJobName: 'job-challenger-1' },
      { TrainingJobName: 'job-challenger-2' },
    ])
    expect(recovered.seconds).toBe(2 * 60 + 2 * 300)
    const lasting = await train({ 'Train the model': failed(reason), 'Train the model at last': failed(reason) })
    expect(lasting.outcome).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' })
    expect(lasting.path.at(-1)).toBe('Train the model at last')
    expect(lasting.calls['Train the model at last']).toMatchObject([{ TrainingJobName: 'job-challenger-3' }])
  })

  it('ends a training that never answers in its own state', async () => {
    const { outcome, path } = await train({ 'Train the model': { hangs: true } })
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
    expect(path.filter((name) => name.startsWith('Fail'))).toEqual([])
  })

  it('does not take a script’s words for those of SageMaker', async () => {
    const { calls } = await train({ 'Train the model': failed('AlgorithmError: "CapacityError": no seats left') })
    expect(calls['Train the model']).toHaveLength(1)
  })

  it('trains again where spot capacity never came, and gives up in the end', async () => {
    const waited: Mock = (given) => {
      const { result } = (job('Stopped') as (given: Json) => { result: object })(given)
      return { result: { ...result, SecondaryStatus: 'MaxWaitTimeExceeded' } }
    }
    const recovered = await train({ 'Train the model': [waited, job('Completed')] })
    expect(recovered.outcome.status).toBe('SUCCEEDED')
    const { outcome, calls } = await train({ 'Train the model': waited, 'Train the model at last': waited })
    expect(outcome).toEqual({ status: 'FAILED', error: 'TrainingFailed', cause: 'job-challenger-3 is Stopped' })
    expect(calls['Train the model']).toHaveLength(3)
  })

  it.each([
    'SageMaker.SdkClientException',
    'SageMaker.AmazonSageMakerException',
    'SageMaker.ResourceLimitExceededException',
  ])(
    'ends where SageMaker takes no training job (%s) in a state of that name: a redrive goes on there',
    async (error) => {
      const wrong = { error, cause: 'why' }
      const lasting = await train({ 'Train the model': wrong, 'Train the model at last': wrong })
      expect(lasting.outcome).toEqual({ status: 'FAILED', error, cause: 'why' })
      expect(lasting.path.at(-1)).toBe('Train the model at last')
      const { outcome, calls } = await train({
        'Train the model': wrong,
        'Train the model at last': { error: 'SageMaker.ResourceInUseException' },
        'Look at the training job': [{ error: 'SageMaker.SageMakerException' }, job('Completed')],
      })
      expect(outcome.status).toBe('SUCCEEDED')
      expect(calls['Look at the training job']).toHaveLength(2)
    },
  )

  describe('where the response was lost that a training job had been created', () => {
    const taken = { 'Train the model': { error: 'SageMaker.ResourceInUseException', cause: 'already exists' } }

    it('adopts the job and waits for it', async () => {
      const { outcome, calls, seconds } = await train({
        ...taken,
        'Look at the training job': [job('InProgress'), job('InProgress'), job('Completed')],
      })
      expect(outcome.status).toBe('SUCCEEDED')
      const asked = { TrainingJobName: 'job-challenger-0' }
      expect(calls['Look at the training job']).toEqual([asked, asked, asked])
      expect(seconds).toBe(2 * 60 + 2 * 60)
      expect(calls['Create the model']).toMatchObject([
        { PrimaryContainer: { ModelDataUrl: 's3://data/models/job-challenger-0/output/model.tar.gz' } },
      ])
    })

    it('fails as that job failed', async () => {
      const { result } = (job('Failed') as (given: Json) => { result: object })({ TrainingJobName: 'job' })
      const { outcome } = await train({
        ...taken,
        'Look at the training job': { result: { ...result, FailureReason: 'AlgorithmError: no rows' } },
      })
      expect(outcome).toEqual({ status: 'FAILED', error: 'TrainingFailed', cause: 'AlgorithmError: no rows' })
    })

    it('does not take the job of another training for its own', async () => {
      const InputDataConfig = channels('s3://data/snapshots/0/train/')
      const { outcome } = await train({
        ...taken,
        'Look at the training job': {
          result: { TrainingJobName: 'job-challenger-0', TrainingJobStatus: 'Completed', InputDataConfig },
        },
      })
      expect(outcome).toMatchObject({
        status: 'FAILED',
        error: 'JobNameTaken',
        cause: expect.stringContaining('s3://data/snapshots/0/train/'),
      })
    })
  })

  it('gives the jobs of a redrive, and of another attempt to score, names of their own', async () => {
    const error = 'SageMaker.AmazonSageMakerException'
    const { calls } = await train(
      {
        'Compose the requests': composed(['challenger'], champion),
        'Score the test split': [{ error }, { result: { TransformJobStatus: 'Completed' } }],
      },
      { pipeline: 'flight_delays' },
      2,
    )
    expect(calls['Train the model']).toMatchObject([{ TrainingJobName: 'job-challenger-2' }])
    expect(calls['Create the model']).toMatchObject([{ ModelName: 'job-challenger-2-2' }])
    expect(calls['Score the test split']).toMatchObject([
      { TransformJobName: 'job-challenger-2-0', ModelName: 'job-challenger-2-2' },
      { TransformJobName: 'job-challenger-2-1', ModelName: 'job-challenger-2-2' },
    ])
    expect(calls['Score the test split with the champion']).toMatchObject([
      { TransformJobName: 'champion-2-0', ModelName: 'flight-delays-dev-v1' },
    ])
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
