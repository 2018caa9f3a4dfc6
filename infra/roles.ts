import { pipelines } from '@hopline/pipelines'
import { endpointName, functionName, jobPrefix, machineName } from '@hopline/workflow'
import type { Resource } from './role.ts'
import { functionRole, principalRole, serviceRole } from './role.ts'
import { allow, arnOf, here, listBucket, objects, passRole, sub } from './statement.ts'

const readSecret = (secret: string) => allow(['secretsmanager:GetSecretValue'], [{ Ref: secret }])
const invoke = (fn: string) => allow(['lambda:InvokeFunction'], [arnOf(`${fn}LambdaFunction`)])
/** `.sync` waits through a rule that Step Functions keeps for itself. */
const managedRule = (rule: string) =>
  allow(['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], [here('events', `rule/${rule}`)])

interface RoleParameters {
  readonly stage: string
  readonly region: string
  /** ARN of who may write training snapshots; empty for this account. */
  readonly hopsworksPrincipal: string
}

/** A role for each function, machine, job and trigger: what it needs, and nothing that it does not. */
export const roles = ({ stage, region, hopsworksPrincipal }: RoleParameters) => {
  const deployed = (kind: string, suffix = '') =>
    pipelines.map(({ name }) => here('sagemaker', `${kind}/${endpointName(name, stage)}${suffix}`))
  const jobs = (kind: 'training-job' | 'transform-job' | 'model') =>
    pipelines.map(({ name }) => here('sagemaker', `${kind}/${jobPrefix(name, stage)}*`))
  const endpoints = deployed('endpoint')
  const configs = deployed('endpoint-config', '-*')
  const models = deployed('model', '-*')
  const groups = deployed('model-package-group')
  const packages = deployed('model-package', '/*')

  const Resources: Record<string, Resource> = {
    IngestTriggerRole: functionRole(functionName(stage, 'ingest-trigger'), region, [
      allow(['states:StartExecution'], [here('states', `stateMachine:${machineName(stage, 'ingest-features')}`)]),
      allow(['sqs:SendMessage'], [arnOf('RejectedEvents')]),
    ]),
    FeatureWriterRole: functionRole(functionName(stage, 'feature-writer'), region, [
      allow(['s3:GetObject', 's3:GetObjectVersion'], [objects('RawBucket', '*')]),
      allow(['s3:GetObject', 's3:PutObject'], [objects('DataBucket', 'log/*')]),
      allow(['s3:PutObject'], [objects('DataBucket', 'quarantine/*')]),
      allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [objects('DataBucket', 'ledger/*')]),
      allow(['s3:GetObject'], [objects('DataBucket', 'live/*')]),
      listBucket('DataBucket', ['log/*', 'ledger/*', 'live/*']),
      readSecret('HopsworksWriterSecret'),
    ]),
    TrainingLauncherRole: functionRole(functionName(stage, 'training-launcher'), region, [
      listBucket('DataBucket', ['log/*', 'snapshots/*', 'code/*']),
      allow(['s3:GetObject'], [objects('DataBucket', 'snapshots/*'), objects('DataBucket', 'code/*')]),
      allow(['s3:GetObject', 's3:PutObject'], [objects('DataBucket', 'training/*')]),
      allow(['s3:PutObject'], [objects('DataBucket', 'code/*')]),
      readSecret('HopsworksWriterSecret'),
      allow(['sagemaker:DescribeEndpoint'], endpoints),
      allow(['sagemaker:DescribeEndpointConfig', 'sagemaker:ListTags'], configs),
    ]),
    EvaluatorRole: functionRole(functionName(stage, 'evaluator'), region, [
      allow(['s3:GetObject', 's3:PutObject'], [objects('DataBucket', 'training/*')]),
      allow(['s3:GetObject'], [objects('DataBucket', 'models/*')]),
      allow(['sagemaker:CreateModelPackage'], [...groups, ...packages]),
      allow(['sagemaker:ListModelPackages'], groups),
    ]),
    DeployerRole: functionRole(functionName(stage, 'deployer'), region, [
      allow(['s3:GetObject'], [objects('DataBucket', 'models/*'), objects('DataBucket', 'training/*')]),
      allow(['s3:PutObject'], [objects('DataBucket', 'live/*')]),
      allow(['sagemaker:DescribeModelPackage'], packages),
      allow(['sagemaker:CreateModel', 'sagemaker:DescribeModel', 'sagemaker:AddTags'], models),
      allow(
        [
          'sagemaker:CreateEndpointConfig',
          'sagemaker:DescribeEndpointConfig',
          'sagemaker:ListTags',
          'sagemaker:AddTags',
        ],
        configs,
      ),
      allow(
        [
          'sagemaker:CreateEndpoint',
          'sagemaker:UpdateEndpoint',
          'sagemaker:DescribeEndpoint',
          'sagemaker:DeleteEndpoint',
          'sagemaker:AddTags',
        ],
        [...endpoints, ...configs],
      ),
      allow(['sagemaker:InvokeEndpoint'], endpoints),
      passRole('SageMakerRole', 'sagemaker.amazonaws.com'),
    ]),
    PredictorRole: functionRole(functionName(stage, 'predictor'), region, [
      readSecret('HopsworksReaderSecret'),
      allow(['s3:GetObject'], [objects('DataBucket', 'live/*')]),
      allow(['sagemaker:InvokeEndpoint'], endpoints),
    ]),

    IngestFeaturesRole: serviceRole('states.amazonaws.com', [invoke('FeatureWriter')]),
    TrainModelRole: serviceRole('states.amazonaws.com', [
      invoke('TrainingLauncher'),
      invoke('Evaluator'),
      allow(
        [
          'sagemaker:CreateTrainingJob',
          'sagemaker:DescribeTrainingJob',
          'sagemaker:StopTrainingJob',
          'sagemaker:AddTags',
        ],
        jobs('training-job'),
      ),
      allow(
        [
          'sagemaker:CreateTransformJob',
          'sagemaker:DescribeTransformJob',
          'sagemaker:StopTransformJob',
          'sagemaker:AddTags',
        ],
        [...jobs('transform-job'), ...jobs('model'), ...models],
      ),
      allow(['sagemaker:CreateModel', 'sagemaker:AddTags'], jobs('model')),
      allow(['sagemaker:ListTags'], ['*']),
      passRole('SageMakerRole', 'sagemaker.amazonaws.com'),
      managedRule('StepFunctionsGetEventsForSageMakerTrainingJobsRule'),
      managedRule('StepFunctionsGetEventsForSageMakerTransformJobsRule'),
    ]),
    DeployModelRole: serviceRole('states.amazonaws.com', [invoke('Deployer')]),
    DeployTriggerRole: serviceRole('events.amazonaws.com', [
      allow(['states:StartExecution'], [{ Ref: 'DeployModel' }]),
    ]),

    SageMakerRole: serviceRole('sagemaker.amazonaws.com', [
      listBucket('DataBucket', ['snapshots/*', 'training/*', 'code/*', 'models/*']),
      allow(
        ['s3:GetObject'],
        ['snapshots/*', 'training/*', 'code/*', 'models/*'].map((keys) => objects('DataBucket', keys)),
      ),
      allow(['s3:PutObject'], [objects('DataBucket', 'models/*'), objects('DataBucket', 'training/*')]),
      allow(
        ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        [here('logs', 'log-group:/aws/sagemaker/*')],
      ),
      allow(['cloudwatch:PutMetricData'], ['*'], {
        StringEquals: {
          'cloudwatch:namespace': ['Endpoints', 'TrainingJobs', 'TransformJobs'].map(
            (kind) => `/aws/sagemaker/${kind}`,
          ),
        },
      }),
      allow(['ecr:GetAuthorizationToken'], ['*']),
      allow(
        ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'],
        [sub('arn:${AWS::Partition}:ecr:${AWS::Region}:*:repository/*')],
      ),
    ]),
    SnapshotRole: principalRole(hopsworksPrincipal || sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root'), [
      listBucket('DataBucket', ['snapshots', 'snapshots/*']),
      allow(['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], [objects('DataBucket', 'snapshots/*')]),
    ]),
  }
  return { Resources }
}
