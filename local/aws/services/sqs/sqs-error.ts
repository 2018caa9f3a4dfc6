import { AwsError } from '../../core/errors.ts'

/** What the query protocol called the errors; boto3 shows these names, from the header `x-amzn-query-error`. */
const queryNames = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  QueueDeletedRecently: 'AWS.SimpleQueueService.QueueDeletedRecently',
  PurgeQueueInProgress: 'AWS.SimpleQueueService.PurgeQueueInProgress',
  ReceiptHandleIsInvalid: 'ReceiptHandleIsInvalid',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  InvalidAttributeName: 'InvalidAttributeName',
  InvalidAttributeValue: 'InvalidAttributeValue',
  InvalidMessageContents: 'InvalidMessageContents',
  InvalidParameterValueException: 'InvalidParameterValue',
  MissingRequiredParameterException: 'MissingParameter',
} as const

/** An error of the SQS API, with both of its names. */
export class SqsError extends AwsError {
  readonly queryName: string
  constructor(code: keyof typeof queryNames, message: string) {
    const queryName = queryNames[code]
    super(code, message, { QueryErrorCode: queryName })
    this.queryName = queryName
  }
}

export const missingParameter = (name: string) =>
  new SqsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`)
