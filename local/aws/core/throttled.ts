import { AwsError } from './errors.ts'

/** How each service words a refusal for too many calls, where it is not ThrottlingException with status 400. */
const words: Readonly<Record<string, readonly [code: string, message: string, status: number]>> = {
  s3: ['SlowDown', 'Please reduce your request rate.', 503],
  lambda: ['TooManyRequestsException', 'Rate Exceeded.', 429],
  sqs: ['RequestThrottled', 'Request is throttled.', 403],
  kinesis: ['ProvisionedThroughputExceededException', 'Rate exceeded for shard.', 400],
  iam: ['Throttling', 'Rate exceeded', 400],
  sts: ['Throttling', 'Rate exceeded', 400],
  cloudformation: ['Throttling', 'Rate exceeded', 400],
}

export const throttled = (service: string) => {
  const [code, message, status] = words[service] ?? ['ThrottlingException', 'Rate exceeded', 400]
  return new AwsError(code, message, { status })
}
