import { describe, expect, it } from '@jest/globals'
import { contractOf } from '@hopline/pipeline'
import type { AnyPipeline, Contract } from '@hopline/pipeline'
import { pipelines } from '@hopline/pipelines'
import type { Deployment } from '@hopline/workflow'
import { run } from './run.ts'
import type { EndpointState, Hosting, NewConfig, NewModel, Services } from './services.ts'

const arn = (version: number) => `arn:aws:sagemaker:us-east-1:1:model-package/flight-delays-dev/${version}`
const [flightDelays] = pipelines as [AnyPipeline]
const view = (change: Partial<AnyPipeline['view']>) =>
  contractOf({ ...flightDelays, view: { ...flightDelays.view, ...change } })
const inUse = contractOf(flightDelays)
const withoutHour = view({ version: 2, features: ['weekday', 'distance'] })

/** Hosting that remembers, in place of SageMaker. */
const memory = ({
  endpoint = null,
  answers = [0.25],
  contracts = [inUse, inUse],
}: { endpoint?: EndpointState | null; answers?: number[]; contracts?: readonly Contract[] } = {}) => {
  const contractOf = (version: number) => contracts[version - 1] ?? inUse
  const made: { models: NewModel[]; configs: NewConfig[]; calls: string[]; live: string[][] } = {
    models: [],
    configs: [],
    calls: [],
    live: [],
  }
  let live = endpoint
  const hosting: Hosting = {
    modelPackage: async (name) => ({
      image: 'image',
      modelDataUrl: 's3://data/models/model.tar.gz',
      environment: { SAGEMAKER_PROGRAM: 'inference.py' },
      approval: 'Approved',
      properties: {
        sha256: 'abc',
        contract: contractOf(Number(name.at(-1))).hash,
        contractUri: `s3://data/contract/${name.at(-1)}`,
        golden: 's3://data/golden.json',
      },
    }),
    createModel: async (model) => void made.models.push(model),
    createConfig: async (config) => void made.configs.push(config),
    endpoint: async () => live,
    createEndpoint: async (_, config) => {
      made.calls.push(`create ${config}`)
      live = { status: 'Creating', config, pending: null, failure: undefined }
    },
    updateEndpoint: async (_, config) => {
      made.calls.push(`update ${config}`)
      live = { status: 'Updating', config: live?.config ?? '', pending: config, failure: undefined }
    },
    deleteEndpoint: async () => {
      made.calls.push('delete')
      live = null
    },
    invoke: async () => ({
      probabilities: answers,
      contract: contractOf(Number(live?.config.at(-1) ?? 1)).hash,
    }),
  }
  const services: Services = {
    hosting,
    objects: {
      sha256: async () => 'abc',
      text: async (uri) =>
        JSON.stringify(
          uri.includes('/contract/')
            ? contractOf(Number(uri.at(-1)))
            : { instances: [{ hour: 7 }], probabilities: [0.25] },
        ),
      put: async (uri, body) => {
        expect(uri).toBe('s3://data/live/flight_delays.json')
        const { contracts } = JSON.parse(String(body)) as { contracts: Contract[] }
        made.calls.push('live')
        made.live.push(contracts.map(({ hash }) => hash))
      },
    } as Partial<Services['objects']> as Services['objects'],
    deployOf: () => ({ instance: 'ml.m5.large', count: 1 }),
    pipelineOf: (group) => (group === 'flight-delays-dev' ? 'flight_delays' : undefined),
    stage: 'dev',
    dataBucket: 'data',
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
  pending: null,
  failure: undefined,
  ...more,
})

describe('deployer', () => {
  it('creates the endpoint of a first model with its own configuration', async () => {
    const { services, made } = memory()
    const deployment = await planned(1, services)
    expect(deployment).toMatchObject({ action: 'deploy', config: 'flight-delays-dev-v1', previousConfig: null })
    await run({ step: 'apply', deployment }, services)
    expect(made.calls).toEqual(['live', 'create flight-delays-dev-v1'])
    expect(made.models[0]?.environment).toMatchObject({ HOPLINE_MODEL: 'flight-delays-dev/1' })
    expect(made.configs[0]?.tags).toEqual({ 'hopline:model-package': arn(1), 'hopline:contract': inUse.hash })
  })

  it('updates an endpoint that serves an older model, and remembers its configuration', async () => {
    const { services, made } = memory({ endpoint: serving(1) })
    const deployment = await planned(2, services)
    expect(deployment).toMatchObject({ action: 'deploy', previousConfig: 'flight-delays-dev-v1' })
    await run({ step: 'apply', deployment }, services)
    expect(made.calls).toEqual(['live', 'update flight-delays-dev-v2'])
  })

  it.each([2, 1])('keeps version 2 in service when the event of version %i comes again', async (version) => {
    const { services } = memory({ endpoint: serving(2) })
    expect((await planned(version, services)).action).toBe('keep')
  })

  it('replaces an endpoint that failed', async () => {
    const { services, made } = memory({ endpoint: serving(1, { status: 'Failed', failure: 'ping' }) })
    await run({ step: 'apply', deployment: await planned(2, services) }, services)
    expect(made.calls).toEqual(['delete', 'live', 'create flight-delays-dev-v2'])
  })

  it('waits until an endpoint that failed is gone: its name is taken until then', async () => {
    const { services, made } = memory({ endpoint: serving(1, { status: 'Failed', failure: 'ping' }) })
    const deployment = await planned(2, services)
    const states = [serving(1, { status: 'Failed' }), serving(1, { status: 'Deleting' })]
    const hosting = { ...services.hosting, endpoint: async () => states.shift() ?? null }
    const slow = { ...services, hosting }
    await expect(run({ step: 'apply', deployment }, slow)).rejects.toMatchObject({ name: 'EndpointBusy' })
    expect(made.calls).toEqual(['delete'])
    await run({ step: 'apply', deployment }, slow)
    expect(made.calls).toEqual(['delete', 'live', 'create flight-delays-dev-v2'])
  })

  it('keeps a newer model that came to serve after it was planned', async () => {
    const deployment = await planned(2, memory({ endpoint: serving(1) }).services)
    const { services, made } = memory({ endpoint: serving(3) })
    expect(await run({ step: 'apply', deployment }, services)).toEqual({ ...deployment, action: 'keep' })
    expect(made.calls).toEqual([])
  })

  it('restores what it took over from, not what served when it was planned', async () => {
    const deployment = await planned(3, memory({ endpoint: serving(1) }).services)
    const { services, made } = memory({ endpoint: serving(2) })
    const applied = (await run({ step: 'apply', deployment }, services)) as Deployment
    expect(applied.previousConfig).toBe('flight-delays-dev-v2')
    expect(await run({ step: 'apply', deployment }, services)).toEqual(applied)
    expect(made.calls).toEqual(['live', 'update flight-delays-dev-v3'])
    const wrong = memory({ endpoint: serving(3) })
    await run({ step: 'restore', deployment: applied }, wrong.services)
    await run({ step: 'restore', deployment: applied }, wrong.services) // as after a lost response
    expect(wrong.made.calls).toEqual(['update flight-delays-dev-v2'])
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
    ['in service with something pending', serving(2, { pending: 'flight-delays-dev-v3' }), 'waiting'],
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
    const deployment = await planned(2, memory({ endpoint: serving(1) }).services)
    const right = memory({ endpoint: serving(2) })
    expect(await run({ step: 'verify', deployment }, right.services)).toMatchObject({ config: 'flight-delays-dev-v2' })
    const wrong = memory({ endpoint: serving(2), answers: [0.26] })
    await expect(run({ step: 'verify', deployment }, wrong.services)).rejects.toMatchObject({
      name: 'GoldenRequestFailed',
    })
    await run({ step: 'restore', deployment }, wrong.services)
    expect(wrong.made.calls).toEqual(['update flight-delays-dev-v1'])
  })

  describe('a rollback', () => {
    const back = (version: number, services: Services) =>
      run({ step: 'plan', event: { rollback: { modelPackageArn: arn(version) } } }, services) as Promise<{
        deployment: Deployment
      }>

    it('goes to an older approved package, and remembers what served', async () => {
      const { services, made } = memory({ endpoint: serving(2) })
      const { deployment } = await back(1, services)
      expect(deployment).toMatchObject({ action: 'deploy', config: 'flight-delays-dev-v1' })
      expect(await run({ step: 'apply', deployment }, services)).toMatchObject({
        action: 'deploy',
        previousConfig: 'flight-delays-dev-v2',
      })
      expect(made.calls).toEqual(['live', 'update flight-delays-dev-v1'])
    })

    it('waits until a newer one has taken over that is on its way, and then takes over from it', async () => {
      const { services } = memory({ endpoint: serving(1, { status: 'Updating', pending: 'flight-delays-dev-v2' }) })
      const { deployment } = await back(1, services)
      expect(deployment).toMatchObject({ action: 'deploy', previousConfig: 'flight-delays-dev-v2' })
      await expect(run({ step: 'apply', deployment }, services)).rejects.toMatchObject({ name: 'EndpointBusy' })
      const arrived = memory({ endpoint: serving(2) })
      await run({ step: 'apply', deployment }, arrived.services)
      expect(arrived.made.calls).toEqual(['live', 'update flight-delays-dev-v1'])
    })

    it('keeps the package that serves already', async () => {
      const { services } = memory({ endpoint: serving(2) })
      expect((await back(2, services)).deployment.action).toBe('keep')
    })

    it('goes to no package that is not approved', async () => {
      const { services } = memory({ endpoint: serving(2) })
      const modelPackage = async (name: string) => ({
        ...(await services.hosting.modelPackage(name)),
        approval: 'Rejected',
      })
      const rejecting = { ...services, hosting: { ...services.hosting, modelPackage } }
      await expect(back(1, rejecting)).rejects.toMatchObject({
        name: 'UnusableModelPackage',
        message: expect.stringContaining('is Rejected'),
      })
    })
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

describe('the contracts that are live', () => {
  const two = [inUse, withoutHour]

  it('are the old and the new one before the endpoint is touched, and the new one alone once it is proved', async () => {
    const { services, made } = memory({ endpoint: serving(1), contracts: two })
    const deployment = await planned(2, services)
    await run({ step: 'apply', deployment }, services)
    expect(made.calls).toEqual(['live', 'update flight-delays-dev-v2'])
    expect(made.live).toEqual([[withoutHour.hash, inUse.hash]])
    const proved = memory({ endpoint: serving(2), contracts: two })
    await run({ step: 'verify', deployment }, proved.services)
    expect(proved.made.live).toEqual([[withoutHour.hash]])
  })

  it('stay both while the new model is not proved, or another deployment is on its way', async () => {
    const deployment = await planned(2, memory({ endpoint: serving(1), contracts: two }).services)
    const wrong = memory({ endpoint: serving(2), contracts: two, answers: [0.26] })
    await expect(run({ step: 'verify', deployment }, wrong.services)).rejects.toThrow('golden')
    const overtaken = memory({
      endpoint: serving(2, { status: 'Updating', pending: 'flight-delays-dev-v3' }),
      contracts: two,
    })
    await run({ step: 'verify', deployment }, overtaken.services)
    expect([...wrong.made.live, ...overtaken.made.live]).toEqual([])
  })

  it('are one where both models have the same', async () => {
    const { services, made } = memory({ endpoint: serving(1) })
    await run({ step: 'apply', deployment: await planned(2, services) }, services)
    expect(made.live).toEqual([[inUse.hash]])
  })

  it('are left alone while another update of the endpoint runs, and when ours was begun already', async () => {
    const { services: quiet } = memory({ endpoint: serving(1), contracts: two })
    const deployment = await planned(2, quiet)
    const busy = memory({
      endpoint: serving(1, { status: 'Updating', pending: 'flight-delays-dev-v3' }),
      contracts: two,
    })
    await expect(run({ step: 'apply', deployment }, busy.services)).rejects.toMatchObject({ name: 'EndpointBusy' })
    const begun = memory({
      endpoint: serving(1, { status: 'Updating', pending: 'flight-delays-dev-v2' }),
      contracts: two,
    })
    await run({ step: 'apply', deployment }, begun.services)
    expect([...busy.made.calls, ...begun.made.calls]).toEqual([])
  })

  it.each([
    [
      'gives a name another meaning',
      contractOf({
        ...flightDelays,
        spine: {
          ...flightDelays.spine,
          features: { ...flightDelays.spine.features, hour: flightDelays.spine.features['weekday'] as never },
        },
      }),
      'features.hour is computed otherwise',
    ],
    [
      'refuses its callers',
      view({ request: ['origin', 'destination', 'left_at'], features: ['hour'] }),
      'request.distance is gone, and callers send it',
    ],
  ])('never hold one that %s: the deployment is refused, in words', async (_, next, words) => {
    const { services, made } = memory({ endpoint: serving(1), contracts: [inUse, next] })
    await expect(planned(2, services)).rejects.toMatchObject({
      name: 'ContractClash',
      message: expect.stringContaining(words),
    })
    expect(made.calls).toEqual([])
    expect((await planned(2, memory({ contracts: [inUse, next] }).services)).action).toBe('deploy')
  })

  it('are those that were registered: another one is refused', async () => {
    const { services } = memory({ contracts: [inUse] })
    const text = async () => JSON.stringify(withoutHour)
    await expect(planned(1, { ...services, objects: { ...services.objects, text } })).rejects.toMatchObject({
      name: 'UnusableModelPackage',
      message: expect.stringContaining(withoutHour.hash),
    })
    const tampered = async () => JSON.stringify({ ...inUse, pipeline: 'other' })
    await expect(planned(1, { ...services, objects: { ...services.objects, text: tampered } })).rejects.toMatchObject({
      name: 'UnusableModelPackage',
    })
  })

  it('are what the endpoint must answer under', async () => {
    const deployment = await planned(2, memory({ endpoint: serving(1), contracts: two }).services)
    const { services } = memory({ endpoint: serving(2), contracts: [inUse, inUse] })
    await expect(run({ step: 'verify', deployment }, services)).rejects.toThrow(
      `answers under contract ${inUse.hash}; ${withoutHour.hash} was registered`,
    )
  })
})
