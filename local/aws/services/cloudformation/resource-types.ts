import type { ResourceType } from './resource-type.ts'
import { acceptedWithoutEffect } from './resources/accepted-without-effect.ts'
import api from './resources/apigatewayv2-api.ts'
import authorizer from './resources/apigatewayv2-authorizer.ts'
import integration from './resources/apigatewayv2-integration.ts'
import route from './resources/apigatewayv2-route.ts'
import stage from './resources/apigatewayv2-stage.ts'
import alarm from './resources/cloudwatch-alarm.ts'
import application from './resources/emr-serverless-application.ts'
import rule from './resources/events-rule.ts'
import glueJob from './resources/glue-job.ts'
import policy from './resources/iam-policy.ts'
import role from './resources/iam-role.ts'
import stream from './resources/kinesis-stream.ts'
import eventInvokeConfig from './resources/lambda-event-invoke-config.ts'
import eventSourceMapping from './resources/lambda-event-source-mapping.ts'
import fn from './resources/lambda-function.ts'
import permission from './resources/lambda-permission.ts'
import version from './resources/lambda-version.ts'
import logGroup from './resources/logs-log-group.ts'
import bucket from './resources/s3-bucket.ts'
import bucketPolicy from './resources/s3-bucket-policy.ts'
import modelPackageGroup from './resources/sagemaker-model-package-group.ts'
import secret from './resources/secretsmanager-secret.ts'
import subscription from './resources/sns-subscription.ts'
import topic from './resources/sns-topic.ts'
import topicPolicy from './resources/sns-topic-policy.ts'
import queue from './resources/sqs-queue.ts'
import queuePolicy from './resources/sqs-queue-policy.ts'
import stateMachine from './resources/stepfunctions-state-machine.ts'

const all: readonly ResourceType[] = [
  ...acceptedWithoutEffect,
  alarm,
  api,
  application,
  authorizer,
  bucket,
  bucketPolicy,
  eventInvokeConfig,
  eventSourceMapping,
  fn,
  glueJob,
  integration,
  logGroup,
  modelPackageGroup,
  permission,
  policy,
  queue,
  queuePolicy,
  role,
  route,
  rule,
  secret,
  stage,
  stateMachine,
  stream,
  subscription,
  topic,
  topicPolicy,
  version,
]

export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(all.map((type) => [type.type, type]))
