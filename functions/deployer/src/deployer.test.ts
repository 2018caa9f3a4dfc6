import { describe, expect, it } from '@jest/globals'
import type { Deployment } from '@hopline/workflow'
import { run } from './run.ts'
import type { EndpointState, Hosting, NewConfig, NewModel, Services } from './services.ts'

const arn = (version: number) => `arn:aws:sagemaker:us-east-1:1:model-package/flight-delays-dev/${version}`
const contract = 'c'.repeat(64)

/** Hosting that remembers, in place of SageMaker. */
const memory = ({
  endpoint = null,
  answers = [0.25],
}: { endpoint?: EndpointState | null; answers?: number[] } = {}) => {
  const made: { models: NewModel[]; configs: NewConfig[]; calls: string[] } = { models: [], configs: [], calls: [] }
  let live = endpoint
  const hosting: Hosting = {
    modelPackage: async () => ({
      image: 'image',
      modelDataUrl: 's3://data/models/model.tar.gz',
      environment: { SAGEMAKER_PROGRAM: 'inference.py' },
      approval: 'Approved',
      properties: { sha256: 'abc', contract, golden: 's3://data/golden.json' },
    }),
    createModel: async (model) => void made.models.push(model),
    createConfig: async (config) => void made.configs.push(config),
    endpoint: async () => live,
    createEndpoint: async (_, config) => {
      made.calls.push(`create ${config}`)
      live = { status: 'Creating', config, pending: false, failure: undefined }
    },
    updateEndpoint: async (_, config) => {
      made.calls.push(`update ${config}`)
      live = { status: 'Updating', config, pending: true, failure: undefined }
    },
    deleteEndpoint: async () => {
      made.calls.push('delete')
      live = null
    },
    invoke: async () => answers,
  }
  const services: Services = {
    hosting,
    objects: {
      sha256: async () => 'abc',
      text: async () => JSON.stringify({ instances: [{ hour: 7 }], probabilities: [0.25] }),
    } as Partial<Services['objects']> as Services['objects'],
    deployOf: () => ({ instance: 'ml.m5.large', count: 1 }),
    pipelineOf: (group) => (group === 'flight-delays-dev' ? 'flight_delays' : undefined),
    stage: 'dev',
    sagemakerRoleArn: 'arn:aws:iam::1:role/sagemaker',
  }
  return { services, made }
}

const approved = (version: number) => ({
  step: 'plan' as const,
  event: {
    'detail-type': 'SageMaker Model Package State Change' as const,
    detail: {
      ModelPackageGroupName: 'flight-delays-dev',
      ModelPackageArn: arn(version),
      ModelApprovalStatus: 'Approved',
    },
  },
})
const planned = async (version: number, services: Services) =>
  ((await run(approved(version), services)) as { deployment: Deployment }).deployment
const serving = (version: number, more: Partial<EndpointState> = {}): EndpointState => ({
  status: 'InService',
  config: `flight-delays-dev-v${version}`,
  pending: false,
  failure: undefined,
  ...more,
})

describe('deployer', () => {
  it('creates the endpoint of a first model with its own configuration', async () => {
    const { services, made } = memory()
    const deployment = await planned(1, services)
    expect(deployment).toMatchObject({ action: 'deploy', config: 'flight-delays-dev-v1', previousConfig: null })
    await run({ step: 'apply', deployment }, services)
    expect(made.calls).toEqual(['create flight-delays-dev-v1'])
    expect(made.models[0]?.environment).toMatchObject({ HOPLINE_MODEL: 'flight-delays-dev/1' })
    expect(made.configs[0]?.tags).toEqual({ 'hopline:model-package': arn(1), 'hopline:contract': contract })
  })

  it('updates an endpoint that serves an older model, and remembers its configuration', async () => {
    const { services, made } = memory({ endpoint: serving(1) })
    const deployment = await planned(2, services)
    expect(deployment).toMatchObject({ action: 'deploy', previousConfig: 'flight-delays-dev-v1' })
    await run({ step: 'apply', deployment }, services)
    expect(made.calls).toEqual(['update flight-delays-dev-v2'])
  })

  it.each([2, 1])('keeps version 2 in service when the event of version %i comes again', async (version) => {
    const { services } = memory({ endpoint: serving(2) })
    expect((await planned(version, services)).action).toBe('keep')
  })

  it('replaces an endpoint that failed', async () => {
    const { services, made } = memory({ endpoint: serving(1, { status: 'Failed', failure: 'ping' }) })
    await run({ step: 'apply', deployment: await planned(2, services) }, services)
    expect(made.calls).toEqual(['delete', 'create flight-delays-dev-v2'])
  })

  it('refuses an artefact whose SHA-256 is not the registered one, before anything is created', async () => {
    const { services, made } = memory()
    const deployment = await planned(1, services)
    const changed = { ...services, objects: { ...services.objects, sha256: async () => 'other' } }
    await expect(run({ step: 'apply', deployment }, changed)).rejects.toMatchObject({ name: 'ArtefactChanged' })
    expect(made.models).toEqual([])
  })

  it.each([
    ['in service with our configuration', serving(2), 'in-service'],
    ['updating', serving(2, { status: 'Updating' }), 'waiting'],
    ['in service with something pending', serving(2, { pending: true }), 'waiting'],
    ['rolled back: in service with the old configuration', serving(1, { failure: 'ping' }), 'failed'],
    ['failed', serving(2, { status: 'Failed', failure: 'ping' }), 'failed'],
    ['gone', null, 'failed'],
  ])('an endpoint that is %s', async (_, endpoint, state) => {
    const { services } = memory({ endpoint: serving(1) })
    const deployment = await planned(2, services)
    const looked = memory({ endpoint }).services
    expect(await run({ step: 'check', deployment }, looked)).toMatchObject({ state })
  })

  it('demands the answers of the judged model, and restores what served when they differ', async () => {
    const right = memory({ endpoint: serving(1) })
    const deployment = await planned(2, right.services)
    expect(await run({ step: 'verify', deployment }, right.services)).toMatchObject({ config: 'flight-delays-dev-v2' })
    const wrong = memory({ endpoint: serving(2), answers: [0.26] })
    await expect(run({ step: 'verify', deployment }, wrong.services)).rejects.toMatchObject({
      name: 'GoldenRequestFailed',
    })
    await run({ step: 'restore', deployment }, wrong.services)
    expect(wrong.made.calls).toEqual(['update flight-delays-dev-v1'])
  })

  it('refuses a package of a group that is no pipeline of the stack', async () => {
    const { services } = memory()
    const event = {
      ...approved(1).event,
      detail: { ...approved(1).event.detail, ModelPackageArn: arn(1).replace('flight-delays-dev', 'x') },
    }
    await expect(run({ step: 'plan', event }, services)).rejects.toMatchObject({ name: 'UnusableModelPackage' })
  })
})
