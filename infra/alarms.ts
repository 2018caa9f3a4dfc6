import { pipelines } from '@hopline/pipelines'
import { endpointName, kebab, machineName, variantName } from '@hopline/workflow'
import type { Resource } from './role.ts'
import { arnOf, here } from './statement.ts'
import { pascal } from './triggers.ts'

interface AlarmParameters {
  readonly stage: string
  /** Who is told by mail; empty for nobody. */
  readonly email: string
  /** Answers of 5xx in five minutes, of the API or of an endpoint, by which its alarm rings. */
  readonly errors: number
  /** Milliseconds at the 99th percentile over five minutes by which the alarm of the API rings. */
  readonly latencyMs: number
}

const fiveMinutes = 300

/**
 * An alarm that tells the topic when it rings and when it is over. Unless it says otherwise, nothing is wrong where
 * nothing is measured.
 */
const alarm = (properties: Readonly<Record<string, unknown>>): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Period: fiveMinutes,
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
    AlarmActions: [{ Ref: 'Alerts' }],
    OKActions: [{ Ref: 'Alerts' }],
    ...properties,
  },
})

const dimensions = (values: Readonly<Record<string, unknown>>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }))

const endpointAlarms = ({ stage, errors }: AlarmParameters): Record<string, Resource> =>
  Object.fromEntries(
    pipelines.map(({ name }) => [
      `${pascal(name)}EndpointErrors`,
      alarm({
        AlarmName: `hopline-${stage}-${kebab(name)}-endpoint-errors`,
        AlarmDescription: `The model of ${name} answers with errors.`,
        Namespace: 'AWS/SageMaker',
        MetricName: 'Invocation5XXErrors',
        Dimensions: dimensions({ EndpointName: endpointName(name, stage), VariantName: variantName }),
        Statistic: 'Sum',
        Threshold: errors,
      }),
    ]),
  )

const publisher = (service: string) => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action: 'sns:Publish',
  Resource: { Ref: 'Alerts' },
})

/** Who may write to the topic. EventBridge does not tell SNS for which account it does: a condition would shut it out. */
const topicPolicy: Resource = {
  Type: 'AWS::SNS::TopicPolicy',
  Properties: {
    Topics: [{ Ref: 'Alerts' }],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          ...publisher('cloudwatch.amazonaws.com'),
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
        publisher('events.amazonaws.com'),
      ],
    },
  },
}

/** Every execution that did not succeed, as far as EventBridge hears of it, with how to look at it and let it go on. */
const failedExecutions = (stage: string): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Name: `hopline-${stage}-failed-executions`,
    Description: 'Executions that failed, timed out or were aborted',
    EventPattern: {
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        stateMachineArn: (['ingest-features', 'train-model', 'deploy-model'] as const).map((name) =>
          here('states', `stateMachine:${machineName(stage, name)}`),
        ),
      },
    },
    Targets: [
      {
        Id: 'alerts',
        Arn: { Ref: 'Alerts' },
        DeadLetterConfig: { Arn: arnOf('RejectedEvents') },
        InputTransformer: {
          InputPathsMap: { status: '$.detail.status', error: '$.detail.error', arn: '$.detail.executionArn' },
          InputTemplate:
            '"<arn> is <status> (<error>). See why: aws stepfunctions describe-execution --execution-arn <arn>. Let it go on where it failed, unless that is a state named Fail: aws stepfunctions redrive-execution --execution-arn <arn>"',
        },
      },
    ],
  },
})

/** A topic that tells people what needs one, and what rings there. */
export const alarms = (parameters: AlarmParameters) => {
  const { stage, email, errors, latencyMs } = parameters
  const api = dimensions({ ApiId: { Ref: 'HttpApi' } })
  const Resources: Record<string, Resource> = {
    Alerts: { Type: 'AWS::SNS::Topic', Properties: { TopicName: `hopline-${stage}-alerts` } },
    AlertsPolicy: topicPolicy,
    FailedExecutionsRule: failedExecutions(stage),
    RejectedEventsAlarm: alarm({
      AlarmName: `hopline-${stage}-rejected-events`,
      AlarmDescription: 'Events that nobody could handle lie in the queue of rejected events, with their reason.',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: dimensions({ QueueName: { 'Fn::GetAtt': ['RejectedEvents', 'QueueName'] } }),
      Statistic: 'Maximum',
      Threshold: 1,
      TreatMissingData: 'ignore', // SQS stops to measure a queue that nobody uses for hours
    }),
    PredictionErrorsAlarm: alarm({
      AlarmName: `hopline-${stage}-prediction-errors`,
      AlarmDescription: 'The API answers with 5xx.',
      Namespace: 'AWS/ApiGateway',
      MetricName: '5xx',
      Dimensions: api,
      Statistic: 'Sum',
      Threshold: errors,
    }),
    PredictionLatencyAlarm: alarm({
      AlarmName: `hopline-${stage}-prediction-latency`,
      AlarmDescription: 'One answer of a hundred takes too long.',
      Namespace: 'AWS/ApiGateway',
      MetricName: 'Latency',
      Dimensions: api,
      ExtendedStatistic: 'p99',
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      Threshold: latencyMs,
    }),
    ...endpointAlarms(parameters),
    ...(email !== '' && {
      AlertsMail: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { Ref: 'Alerts' }, Protocol: 'email', Endpoint: email },
      },
    }),
  }
  return {
    Resources,
    Outputs: { AlertsTopic: { Value: { Ref: 'Alerts' }, Description: 'Subscribe whom it shall tell.' } },
  }
}
