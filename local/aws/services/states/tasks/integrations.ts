import type { Platform } from '../../../core/platform.ts'
import type { Integration } from './attempt.ts'
import { invokeArn, invokeFunction } from './invoke-function.ts'
import { asText, optimisedRequest } from './optimised-request.ts'
import { performActivity } from './perform-activity.ts'
import { putEvents } from './put-events.ts'
import type { JobKind } from './sagemaker-job.ts'
import { sagemakerJob } from './sagemaker-job.ts'
import { sdkRequest } from './sdk-request.ts'
import { emrJobRun, glueJobRun } from './spark-jobs.ts'
import { runNestedExecution, startNestedExecution } from './start-nested-execution.ts'
import { waitForTaskToken } from './wait-for-task-token.ts'

interface Optimised {
  /** What has to be there for it to work: `sagemaker`, `CreateTrainingJob`. */
  readonly needs: readonly [service: string, operation: string]
  readonly patterns: Readonly<Record<string, Integration>>
}

const withToken = (request: Integration) => ({ '': request, waitForTaskToken: waitForTaskToken(request) })
const sagemakerRequest = (name: string): Optimised => ({
  needs: ['sagemaker', name],
  patterns: { '': optimisedRequest('sagemaker', name) },
})
const job = (kind: JobKind): Optimised => ({
  needs: ['sagemaker', `Create${kind}`],
  patterns: { '': optimisedRequest('sagemaker', `Create${kind}`), sync: sagemakerJob(kind) },
})

const optimised: Readonly<Record<string, Optimised>> = {
  'lambda:invoke': { needs: ['lambda', 'Invoke'], patterns: withToken(invokeFunction) },
  'sagemaker:createProcessingJob': job('ProcessingJob'),
  'sagemaker:createTrainingJob': job('TrainingJob'),
  'sagemaker:createTransformJob': job('TransformJob'),
  'sagemaker:createHyperParameterTuningJob': job('HyperParameterTuningJob'),
  'sagemaker:createModel': sagemakerRequest('CreateModel'),
  'sagemaker:createEndpointConfig': sagemakerRequest('CreateEndpointConfig'),
  'sagemaker:createEndpoint': sagemakerRequest('CreateEndpoint'),
  'sagemaker:updateEndpoint': sagemakerRequest('UpdateEndpoint'),
  'states:startExecution': {
    needs: ['states', 'StartExecution'],
    patterns: { ...withToken(startNestedExecution), sync: runNestedExecution(1), 'sync:2': runNestedExecution(2) },
  },
  'sqs:sendMessage': {
    needs: ['sqs', 'SendMessage'],
    patterns: withToken(optimisedRequest('sqs', 'SendMessage', asText('MessageBody'))),
  },
  'sns:publish': {
    needs: ['sns', 'Publish'],
    patterns: withToken(optimisedRequest('sns', 'Publish', asText('Message'))),
  },
  'glue:startJobRun': {
    needs: ['glue', 'StartJobRun'],
    patterns: { '': optimisedRequest('glue', 'StartJobRun'), sync: glueJobRun },
  },
  'emr-serverless:startJobRun': { needs: ['emr-serverless', 'StartJobRun'], patterns: { sync: emrJobRun } },
  'events:putEvents': { needs: ['events', 'PutEvents'], patterns: withToken(putEvents) },
}

const functionArn = /^arn:aws[^:]*:lambda:[^:]+:\d{12}:function:.+$/
const serviceArn =
  /^arn:aws[^:]*:states:[^:]*:[^:]*:(aws-sdk:)?([a-z0-9-]+:[A-Za-z0-9]+)(?:\.(sync(?::2)?|waitForTaskToken))?$/

const activityArn = /^arn:aws[^:]*:states:[^:]+:\d{12}:activity:[^:]+$/

const find = (platform: Platform, resource: string): Integration | undefined => {
  if (functionArn.test(resource)) return platform.operation('lambda', 'Invoke') && invokeArn(resource)
  if (activityArn.test(resource)) return performActivity(resource)
  const [, sdk, name = '', pattern = ''] = serviceArn.exec(resource) ?? []
  if (sdk) {
    const [service = '', action = ''] = name.split(':')
    const request = sdkRequest(platform, service, action)
    if (pattern === '') return request
    return request && pattern === 'waitForTaskToken' ? waitForTaskToken(request) : undefined
  }
  const found = optimised[name]
  return found && platform.operation(...found.needs) && found.patterns[pattern]
}

/** What does the work of a Task's Resource, or why nothing here does. */
export const integrationOf = (platform: Platform, resource: string): Integration | string =>
  find(platform, resource) ??
  `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the local platform does not serve it.`
