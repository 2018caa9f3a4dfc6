import type { Platform } from '../../../core/platform.ts'
import type { Delivery } from './delivery.ts'
import { atPath } from './event-path.ts'
import { roleSession } from './principal.ts'

/** Puts the event into a stream, as the role; its partition key is the event's id, or what lies at the path. */
export const toStream = async (
  platform: Platform,
  payload: string,
  { target: { Arn, RoleArn = '', KinesisParameters }, rule, event }: Delivery,
): Promise<void> => {
  const found = KinesisParameters === undefined ? event.id : atPath(event, KinesisParameters.PartitionKeyPath)
  const PartitionKey = typeof found === 'string' ? found : JSON.stringify(found ?? '')
  const principal = await roleSession(platform, RoleArn, rule.Arn)
  const record = { StreamARN: Arn, PartitionKey, Data: Buffer.from(payload).toString('base64') }
  await platform.call('kinesis', 'PutRecord', record, principal)
}
