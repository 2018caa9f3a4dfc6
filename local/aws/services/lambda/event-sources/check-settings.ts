import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'
import { SqsError } from '../../sqs/sqs-error.ts'
import type { FunctionConfiguration } from '../functions.ts'
import { compileFilter } from './filter.ts'
import type { Settings } from './mapping.ts'
import { kindOf } from './mapping.ts'

export const refusedSetting = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message, { Type: 'User' })

const ofStreams = [
  'ParallelizationFactor',
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
] as const

/** Refuses settings that do not go together, or not with this kind of source. */
export const checkSettings = (settings: Settings, sourceArn: string): void => {
  const { BatchSize, MaximumBatchingWindowInSeconds: window = 0, ScalingConfig } = settings
  const queue = kindOf(sourceArn) === 'sqs'
  compileFilter(filterCriteria(settings), queue ? 'body' : 'data')
  if (!queue) {
    if (ScalingConfig?.MaximumConcurrency !== undefined) throw refusedSetting('ScalingConfig is only for SQS queues')
    const destination = settings.DestinationConfig?.OnFailure?.Destination
    if (destination !== undefined && !/^arn:aws:s[nq]s:/.test(destination)) {
      throw refusedSetting('The on-failure destination of an event source mapping is a queue or a topic here')
    }
    return
  }
  const [foreign] = ofStreams.filter((name) => settings[name] !== undefined)
  if (foreign !== undefined) throw refusedSetting(`Unsupported parameter for SQS event sources: ${foreign}`)
  const most = sourceArn.endsWith('.fifo') ? 10 : 10_000
  if (BatchSize !== undefined && BatchSize > most) throw refusedSetting(`Batch size must be at most ${most}`)
  if (BatchSize !== undefined && BatchSize > 10 && window === 0) {
    throw refusedSetting(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    )
  }
  if (window > 0 && sourceArn.endsWith('.fifo')) {
    throw refusedSetting('Batching window is not supported for FIFO queues')
  }
}

export const filterCriteria = ({ FilterCriteria }: Settings) =>
  FilterCriteria?.Filters?.length ? { Filters: FilterCriteria.Filters } : undefined

const actions = {
  sqs: ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'],
  kinesis: ['GetRecords', 'GetShardIterator', 'DescribeStream'],
} as const

/** Refuses a source that is not there, or that the function's role may not read. */
export const checkSource = async (platform: Platform, sourceArn: string, fn: FunctionConfiguration): Promise<void> => {
  const kind = kindOf(sourceArn)
  const role = roleSession(fn.Role, fn.FunctionName)
  const missing = actions[kind].find(
    (action) => platform.authority.ask(role, { action: `${kind}:${action}`, resource: sourceArn }).effect !== 'allow',
  )
  if (missing !== undefined && kind === 'sqs') {
    throw refusedSetting(`The provided execution role does not have permissions to call ${missing} on SQS`)
  }
  if (missing !== undefined) {
    throw refusedSetting(
      `Cannot access stream ${sourceArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.`,
    )
  }
  if (kind === 'kinesis') {
    await platform.call('kinesis', 'DescribeStream', { StreamARN: sourceArn }, role).catch(() => {
      throw new AwsError('ResourceNotFoundException', `Stream not found: ${sourceArn}`, { status: 404, Type: 'User' })
    })
    return
  }
  const [, , , , account, name] = sourceArn.split(':')
  const request = { QueueUrl: `${platform.url}/${account}/${name}`, AttributeNames: ['VisibilityTimeout'] }
  const { Attributes } = await platform
    .call<{ Attributes: { VisibilityTimeout: string } }>('sqs', 'GetQueueAttributes', request, role)
    .catch((error: unknown) => {
      if (!(error instanceof AwsError)) throw error
      throw refusedSetting(
        `Error occurred while ReceiveMessage. SQS Error Code: ${error instanceof SqsError ? error.queryName : error.code}. SQS Error Message: ${error.message}`,
      )
    })
  if (Number(Attributes.VisibilityTimeout) < fn.Timeout) {
    throw refusedSetting(
      `Queue visibility timeout: ${Attributes.VisibilityTimeout} seconds is less than Function timeout: ${fn.Timeout} seconds`,
    )
  }
}
