/** How Step Functions names a service's errors. */
export interface ErrorNames {
  /** What is before the dot. */
  readonly prefix: string
  /** The error of codes that are in no model of the service. */
  readonly umbrella: string
  /** The service, as causes call it. */
  readonly service: string
  readonly form: 'optimised' | 'aws-sdk'
}

const optimised = (prefix: string, service: string): ErrorNames => ({
  prefix,
  umbrella: `${service}Exception`,
  service,
  form: 'optimised',
})

/** Of the optimised integrations, which follow version 1 of the SDK for Java; by the name that signs. */
export const optimisedErrors = {
  lambda: optimised('Lambda', 'AWSLambda'),
  sagemaker: optimised('SageMaker', 'AmazonSageMaker'),
  states: optimised('StepFunctions', 'AWSStepFunctions'),
  sqs: optimised('SQS', 'AmazonSQS'),
  sns: optimised('SNS', 'AmazonSNS'),
  glue: optimised('Glue', 'AWSGlue'),
  'emr-serverless': optimised('EMRServerless', 'AWSEMRServerless'),
  events: optimised('EventBridge', 'AmazonEventBridge'),
} as const satisfies Readonly<Record<string, ErrorNames>>

/** Of the aws-sdk integrations, which follow version 2. */
export const sdkErrors = (prefix: string): ErrorNames => ({
  prefix,
  umbrella: `${prefix}Exception`,
  service: prefix,
  form: 'aws-sdk',
})

/** Codes that services answer with although their models do not have them. */
const unmodelled = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'ExpiredTokenException',
  'InternalFailure',
  'SerializationException',
  'ThrottlingException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationError',
  'ValidationException',
])

/** `ResourceInUse` of SageMaker is `SageMaker.ResourceInUseException`; its ThrottlingException the umbrella's name. */
export const errorName = ({ prefix, umbrella, form }: ErrorNames, code: string): string => {
  if (unmodelled.has(code) || code.includes('.') || (prefix === 'SQS' && form === 'optimised')) {
    return `${prefix}.${umbrella}`
  }
  return `${prefix}.${code.endsWith('Exception') ? code : `${code}Exception`}`
}
