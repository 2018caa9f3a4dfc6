import { describe, expect, it } from '@jest/globals'
import { validate, walk } from '../local/states/index.ts'
import type { Mock, Mocks } from '../local/states/index.ts'
import { machine } from './machine.ts'

const definition = machine('deploy-model', {
  DeployerArn: 'arn:aws:lambda:us-east-1:1:function:deployer',
  PollSeconds: '60',
})
const deployment = {
  action: 'deploy',
  endpoint: 'flight-delays-dev',
  config: 'flight-delays-dev-v2',
  modelPackageArn: 'arn:2',
}
const event = { 'detail-type': 'SageMaker Model Package State Change', detail: { ModelPackageArn: 'arn:2' } }
const good: Mocks = {
  'Plan the deployment': { payload: { deployment } },
  'Set the endpoint on its way': { payload: deployment },
  'Look at the endpoint': { payload: { state: 'in-service' } },
  'Ask the golden request': { payload: { endpoint: 'flight-delays-dev', config: 'flight-delays-dev-v2' } },
  'Restore what served before': { payload: { restored: 'flight-delays-dev-v1' } },
  'Look at the previous model': { payload: { state: 'in-service' } },
}
const deploy = (mocks: Mocks = {}) => walk(definition, event, { ...good, ...mocks })

describe('deploy-model', () => {
  it('is a valid machine', () => {
    expect(validate(definition)).toEqual([])
  })

  it('deploys, waits until the endpoint serves the model, and asks the golden request', async () => {
    const { path, outcome, seconds } = await deploy({
      'Look at the endpoint': [{ payload: { state: 'waiting' } }, { payload: { state: 'in-service' } }],
    })
    expect(path).toEqual([
      'Plan the deployment',
      'Is there something to deploy?',
      'Set the endpoint on its way',
      'Is the endpoint on its way?',
      'Wait for the endpoint',
      'Look at the endpoint',
      'Does the endpoint serve the model?',
      'Wait for the endpoint',
      'Look at the endpoint',
      'Does the endpoint serve the model?',
      'Ask the golden request',
      'The endpoint serves the model',
    ])
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: { config: 'flight-delays-dev-v2' } })
    expect(seconds).toBe(120)
  })

  it('keeps what serves when there is nothing to deploy', async () => {
    const { path, outcome } = await deploy({
      'Plan the deployment': { payload: { deployment: { ...deployment, action: 'keep' } } },
    })
    expect(path.at(-1)).toBe('Keep what serves')
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: { kept: 'flight-delays-dev' } })
  })

  it('keeps a newer model that came to serve after the plan was made', async () => {
    const { path, outcome } = await deploy({
      'Set the endpoint on its way': { payload: { ...deployment, action: 'keep' } },
    })
    expect(path.at(-1)).toBe('Keep what serves')
    expect(outcome.status).toBe('SUCCEEDED')
  })

  it('goes on with the deployment as it was set on its way: another one may have come first', async () => {
    const moved = { ...deployment, previousConfig: 'flight-delays-dev-v1' }
    const { calls } = await deploy({
      'Set the endpoint on its way': { payload: moved },
      'Ask the golden request': { error: 'GoldenRequestFailed' },
    })
    expect(calls['Restore what served before']).toMatchObject([{ Payload: { deployment: moved } }])
  })

  const ofRestoring = new Set(['Restore what served before', 'Look at the previous model'])

  it.each(['Plan the deployment', 'Set the endpoint on its way', 'Look at the endpoint', ...ofRestoring])(
    'fails by name in "%s" itself, or where it never answers: a redrive goes on there',
    async (state) => {
      const wrong: Mocks = ofRestoring.has(state) ? { 'Ask the golden request': { error: 'GoldenRequestFailed' } } : {}
      const failed = await deploy({ ...wrong, [state]: { error: 'AccessDeniedException', cause: 'why' } })
      expect(failed.outcome).toMatchObject({ status: 'FAILED', error: 'AccessDeniedException', cause: 'why' })
      expect(failed.path.at(-1)).toBe(state)
      const silent = await deploy({ ...wrong, [state]: { hangs: true } })
      expect(silent.outcome).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
      expect(silent.path.at(-1)).toBe(state)
    },
  )

  it('tries again while another update of the endpoint runs', async () => {
    const { outcome, calls } = await deploy({
      'Set the endpoint on its way': [{ error: 'EndpointBusy' }, { error: 'EndpointBusy' }, { payload: deployment }],
    })
    expect(outcome.status).toBe('SUCCEEDED')
    expect(calls['Set the endpoint on its way']).toHaveLength(3)
  })

  it('does not try again when the artefact has changed', async () => {
    const { outcome, calls } = await deploy({
      'Set the endpoint on its way': { error: 'ArtefactChanged', cause: 'hash' },
    })
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'ArtefactChanged' })
    expect(calls['Set the endpoint on its way']).toHaveLength(1)
  })

  it('fails when the endpoint does not come to serve the model', async () => {
    const { outcome } = await deploy({ 'Look at the endpoint': { payload: { state: 'failed', cause: 'no ping' } } })
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'EndpointNotServing', cause: 'no ping' })
  })

  const wrongly: Mocks = { 'Ask the golden request': { error: 'GoldenRequestFailed', cause: '0.3, not 0.2' } }

  it('restores what served when the golden request is answered wrongly, and ends when that serves again', async () => {
    const { path, outcome, calls } = await deploy({
      ...wrongly,
      'Look at the previous model': [{ payload: { state: 'waiting' } }, { payload: { state: 'in-service' } }],
    })
    expect(path.slice(path.indexOf('Restore what served before'))).toEqual([
      'Restore what served before',
      'Did a model serve before?',
      'Wait for the previous model',
      'Look at the previous model',
      'Does the previous model serve?',
      'Wait for the previous model',
      'Look at the previous model',
      'Does the previous model serve?',
      'Fail: the golden request was not answered as it was judged',
    ])
    expect(calls['Look at the previous model']?.[0]).toMatchObject({
      Payload: { step: 'check', deployment: { ...deployment, config: 'flight-delays-dev-v1' } },
    })
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'GoldenRequestFailed', cause: '0.3, not 0.2' })
  })

  it('waits for nothing where the first model of all proved wrong', async () => {
    const { path } = await deploy({ ...wrongly, 'Restore what served before': { payload: { restored: null } } })
    expect(path.slice(-2)).toEqual([
      'Did a model serve before?',
      'Fail: the golden request was not answered as it was judged',
    ])
  })

  it('says so when what served before does not serve again', async () => {
    const { outcome } = await deploy({
      ...wrongly,
      'Look at the previous model': { payload: { state: 'failed', cause: 'endpoint is Failed' } },
    })
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'RestoreFailed',
      cause: 'endpoint is Failed; to be restored because of GoldenRequestFailed: 0.3, not 0.2',
    })
  })

  it('restores once the endpoint is free', async () => {
    const { outcome, calls } = await deploy({
      'Ask the golden request': { error: 'GoldenRequestFailed', cause: 'x' },
      'Restore what served before': [{ error: 'EndpointBusy' }, { payload: { restored: 'flight-delays-dev-v1' } }],
    })
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'GoldenRequestFailed' })
    expect(calls['Restore what served before']).toHaveLength(2)
  })

  const happens = ['Lambda.TooManyRequestsException', 'Sandbox.Timedout', 'ThrottlingException', 'SlowDown']
  it.each(happens)('tries again after %s, everywhere: no endpoint is left half-way by it', async (error) => {
    for (const [state, answer] of Object.entries(good)) {
      const wrong: Mocks = ofRestoring.has(state) ? { 'Ask the golden request': { error: 'GoldenRequestFailed' } } : {}
      const { calls, outcome } = await deploy({ ...wrong, [state]: [{ error }, { error }, answer as Mock] })
      expect(calls[state]).toHaveLength(3)
      expect(outcome).not.toMatchObject({ error })
    }
  })

  it('ends a call that never answers', async () => {
    const hanging = await deploy({ 'Ask the golden request': { hangs: true } })
    expect(hanging.outcome).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
  })
})
