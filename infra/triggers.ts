import { objectPatterns } from '@hopline/pipeline'
import { pipelines } from '@hopline/pipelines'
import { kebab, modelPackageGroupName } from '@hopline/workflow'
import type { Resource } from './role.ts'
import { arnOf } from './statement.ts'

/** `flight_delays` as the beginning of logical ids: `FlightDelays`. */
export const pascal = (name: string) => name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())

const queue = (description: Record<string, unknown> = {}): Resource => ({
  Type: 'AWS::SQS::Queue',
  Properties: { MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true, ...description },
})

/** What sets a pipeline off: raw objects start ingestion, an approved model package starts its deployment. */
const pipelineTriggers = (stage: string): Record<string, Resource> =>
  Object.fromEntries(
    pipelines.flatMap((pipeline) => {
      const { name } = pipeline
      const id = pascal(name)
      const ingestRule: Resource = {
        Type: 'AWS::Events::Rule',
        Properties: {
          Name: `hopline-${stage}-${kebab(name)}-ingest`,
          Description: `Raw objects of ${name}`,
          EventPattern: {
            source: ['aws.s3'],
            'detail-type': ['Object Created'],
            detail: { bucket: { name: [{ Ref: 'RawBucket' }] }, object: { key: objectPatterns(pipeline) } },
          },
          Targets: [
            {
              Id: 'ingest-trigger',
              Arn: arnOf('IngestTriggerLambdaFunction'),
              RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
              DeadLetterConfig: { Arn: arnOf('RejectedEvents') },
            },
          ],
        },
      }
      const permission: Resource = {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: arnOf('IngestTriggerLambdaFunction'),
          Principal: 'events.amazonaws.com',
          SourceArn: arnOf(`${id}IngestRule`),
        },
      }
      const deployRule: Resource = {
        Type: 'AWS::Events::Rule',
        Properties: {
          Name: `hopline-${stage}-${kebab(name)}-deploy`,
          Description: `Approved model packages of ${name}`,
          EventPattern: {
            source: ['aws.sagemaker'],
            'detail-type': ['SageMaker Model Package State Change'],
            detail: { ModelPackageGroupName: [modelPackageGroupName(name, stage)], ModelApprovalStatus: ['Approved'] },
          },
          Targets: [
            {
              Id: 'deploy-model',
              Arn: { Ref: 'DeployModel' },
              RoleArn: arnOf('DeployTriggerRole'),
              DeadLetterConfig: { Arn: arnOf('RejectedEvents') },
            },
          ],
        },
      }
      const group: Resource = {
        Type: 'AWS::SageMaker::ModelPackageGroup',
        Properties: {
          ModelPackageGroupName: modelPackageGroupName(name, stage),
          ModelPackageGroupDescription: `Judged models of ${name}`,
        },
      }
      return [
        [`${id}IngestRule`, ingestRule],
        [`${id}IngestPermission`, permission],
        [`${id}DeployRule`, deployRule],
        [`${id}Models`, group],
      ]
    }),
  )

/** Triggers of every pipeline, and the queue for events that could not be delivered or were refused. */
export const triggers = (stage: string) => ({
  Resources: {
    ...pipelineTriggers(stage),
    RejectedEvents: queue({ QueueName: `hopline-${stage}-rejected-events` }),
    RejectedEventsPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'RejectedEvents' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: arnOf('RejectedEvents'),
              Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
            },
          ],
        },
      },
    },
    IngestTriggerFailures: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'IngestTriggerLambdaFunction' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: arnOf('RejectedEvents') } },
      },
    },
  } satisfies Record<string, Resource>,
})
