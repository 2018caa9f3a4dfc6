import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { build } from 'esbuild'
import { alarms } from './alarms.ts'
import { bundling } from './bundle.ts'
import { roles } from './roles.ts'
import type { Statement } from './statement.ts'
import { trainingCode } from './training-code.ts'
import { triggers } from './triggers.ts'

const { Resources } = roles({ stage: 'dev', region: 'us-east-1', hopsworksPrincipal: '' })
const statementsOf = (role: string): readonly Statement[] => {
  const policies = Resources[role]?.Properties['Policies'] as readonly [
    { PolicyDocument: { Statement: readonly Statement[] } },
  ]
  return policies[0].PolicyDocument.Statement
}
const all = Object.keys(Resources).flatMap((role) => statementsOf(role).map((statement) => ({ role, ...statement })))

describe('roles', () => {
  it('allow no action by wildcard', () => {
    expect(all.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([])
  })

  it('reach every resource only where the service knows no narrower one', () => {
    const wide = all.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action)
    expect(wide.toSorted()).toEqual(['cloudwatch:PutMetricData', 'ecr:GetAuthorizationToken', 'sagemaker:ListTags'])
  })

  it('hand over only the SageMaker role, and only to SageMaker', () => {
    const passed = all.filter(({ Action }) => Action.includes('iam:PassRole'))
    expect(passed.map(({ role }) => role)).toEqual(['DeployerRole', 'TrainModelRole'])
    for (const { Resource, Condition } of passed) {
      expect(Resource).toEqual([{ 'Fn::GetAtt': ['SageMakerRole', 'Arn'] }])
      expect(Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } })
    }
  })

  it('keep training, deployment and prediction apart', () => {
    const actions = (role: string) => statementsOf(role).flatMap(({ Action }) => Action)
    expect(actions('PredictorRole').toSorted()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      'sagemaker:InvokeEndpoint',
      'secretsmanager:GetSecretValue',
    ])
    expect(actions('DeployerRole')).not.toContain('sagemaker:CreateTrainingJob')
    expect(actions('TrainModelRole')).not.toContain('sagemaker:CreateEndpoint')
    expect(all.filter(({ Action }) => Action.includes('sagemaker:UpdateModelPackage'))).toEqual([])
  })

  it('reach the jobs, models and endpoints of their own stage only', () => {
    const named = all.flatMap(
      ({ Resource }) =>
        JSON.stringify(Resource).match(
          /:(?:training-job|transform-job|model|model-package|model-package-group|endpoint|endpoint-config)\/[^"]+/g,
        ) ?? [],
    )
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((name) => !/\/(?:flight-delays|bird-strikes)-dev(?:$|[-/])/.test(name))).toEqual([])
  })

  it('let Hopsworks write snapshots and nothing else', () => {
    const written = statementsOf('SnapshotRole').filter(({ Action }) => Action.includes('s3:PutObject'))
    expect(written.map(({ Resource }) => Resource)).toEqual([[{ 'Fn::Sub': '${DataBucket.Arn}/snapshots/*' }]])
  })
})

describe('triggers', () => {
  const made = triggers('dev').Resources as Record<string, { Type: string; Properties: Record<string, unknown> }>

  it('match the raw objects that the pipeline names as its sources', () => {
    expect(made['FlightDelaysIngestRule']?.Properties['EventPattern']).toMatchObject({
      source: ['aws.s3'],
      detail: { object: { key: [{ wildcard: 'flights/*.parquet' }, { wildcard: 'flights/*.csv' }] } },
    })
  })

  it('start a deployment for approved packages of the pipeline only', () => {
    expect(made['FlightDelaysDeployRule']?.Properties['EventPattern']).toMatchObject({
      detail: { ModelPackageGroupName: ['flight-delays-dev'], ModelApprovalStatus: ['Approved'] },
    })
  })

  it('keep every event that could not be delivered', () => {
    const targets = Object.values(made)
      .filter(({ Type }) => Type === 'AWS::Events::Rule')
      .flatMap(({ Properties }) => Properties['Targets'] as { DeadLetterConfig?: unknown }[])
    expect(targets.length).toBeGreaterThan(0)
    expect(targets.filter(({ DeadLetterConfig }) => DeadLetterConfig === undefined)).toEqual([])
  })
})

describe('alarms', () => {
  const made = alarms({ stage: 'dev', email: '', errors: 5, latencyMs: 3000 }).Resources
  const properties = (type: string) =>
    Object.values(made).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []))

  it('tell the topic when they ring and when it is over, and are quiet where nothing is measured', () => {
    const all = properties('AWS::CloudWatch::Alarm')
    expect(all.map(({ AlarmName }) => AlarmName)).toEqual([
      'hopline-dev-rejected-events',
      'hopline-dev-prediction-errors',
      'hopline-dev-prediction-latency',
      'hopline-dev-flight-delays-endpoint-errors',
      'hopline-dev-bird-strikes-endpoint-errors',
    ])
    for (const one of all) {
      expect(one).toMatchObject({ AlarmActions: [{ Ref: 'Alerts' }], OKActions: [{ Ref: 'Alerts' }] })
      expect(['notBreaching', 'ignore']).toContain(one['TreatMissingData'])
    }
  })

  it('watch the executions of every machine', () => {
    const machines = readdirSync(join(import.meta.dirname, '../step-functions')).flatMap(
      (file) => /^(.*)\.asl\.yml$/.exec(file)?.[1] ?? [],
    )
    const [rule] = properties('AWS::Events::Rule')
    const watched = JSON.stringify(rule?.['EventPattern']).match(/stateMachine:hopline-dev-[a-z-]+/g)
    expect(watched?.toSorted()).toEqual(machines.map((name) => `stateMachine:hopline-dev-${name}`).toSorted())
  })

  it('send mail where an address is given', () => {
    const mail = { Protocol: 'email', Endpoint: 'ml@example.com', TopicArn: { Ref: 'Alerts' } }
    const { Resources: told } = alarms({ stage: 'dev', email: 'ml@example.com', errors: 5, latencyMs: 3000 })
    expect(told['AlertsMail']?.Properties).toEqual(mail)
    expect(made).not.toHaveProperty('AlertsMail')
  })
})

describe('training code', () => {
  it('is the same bytes each time, one archive for each pipeline', async () => {
    const digest = async () => {
      const archives = await trainingCode(join(import.meta.dirname, '..', 'pipelines'))
      return Object.entries(archives).map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')])
    }
    const first = await digest()
    expect(first.map(([name]) => name)).toEqual(['code/flight_delays.tar.gz', 'code/bird_strikes.tar.gz'])
    expect(await digest()).toEqual(first)
  })
})

describe('bundles', () => {
  it('of the predictor hold neither Spark SQL nor windows: someone waits for it', async () => {
    const root = join(import.meta.dirname, '..')
    const { metafile } = await build({ ...bundling(root, 'functions/predictor/src/handler.handler'), write: false })
    const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    )
    const ofPipeline = used.filter((file) => file.startsWith('packages/pipeline/src/'))
    expect(ofPipeline.length).toBeGreaterThan(0)
    expect(
      ofPipeline.filter((file) => /\/spark\/|\/windows\/(?!aggregates|windowed)|open-api|compare/.test(file)),
    ).toEqual([])
  })
})
