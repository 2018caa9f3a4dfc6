import type { Platform } from '../../../core/platform.ts'
import type { Integration } from './attempt.ts'
import { sdkErrors } from './error-names.ts'
import { sdkResult } from './members.ts'
import { asText } from './optimised-request.ts'
import { argumentsOf, request } from './request.ts'

/** How aws-sdk resources call a service → the name that signs, and what its errors begin with. */
const services: Readonly<Record<string, readonly [service: string, prefix: string]>> = {
  apigatewayv2: ['apigateway', 'ApiGatewayV2'],
  cloudformation: ['cloudformation', 'CloudFormation'],
  cloudwatchlogs: ['logs', 'CloudWatchLogs'],
  eventbridge: ['events', 'EventBridge'],
  iam: ['iam', 'Iam'],
  lambda: ['lambda', 'Lambda'],
  s3: ['s3', 'S3'],
  sagemaker: ['sagemaker', 'SageMaker'],
  secretsmanager: ['secretsmanager', 'SecretsManager'],
  sfn: ['states', 'Sfn'],
  sns: ['sns', 'Sns'],
  sqs: ['sqs', 'Sqs'],
  sts: ['sts', 'Sts'],
}

/** Members that take JSON as text; a machine may write JSON. */
const texts: Readonly<Record<string, readonly string[]>> = { states: ['Input', 'Output', 'Definition'] }

/** Their answers are bytes and headers, which no state can hold. */
const bytes = new Set(['s3:GetObject', 's3:HeadObject'])

/** `aws-sdk:<service>:<action>`, or undefined where the platform has no such operation that takes and gives JSON. */
export const sdkRequest = (platform: Platform, sdkName: string, action: string): Integration | undefined => {
  const [service, prefix] = services[sdkName] ?? []
  if (service === undefined || prefix === undefined) return undefined
  const name = action.charAt(0).toUpperCase() + action.slice(1)
  const operation = platform.operation(service, name)
  if (!operation || operation.route?.stream || bytes.has(`${service}:${name}`)) return undefined
  const api = { service, name, errors: sdkErrors(prefix) }
  const write = asText(...(texts[service] ?? []))
  return async (attempt) => sdkResult(service, await request(attempt, api, write(argumentsOf(attempt))))
}
