import type { Operation } from '../../core/operation.ts'
import addTagsToStream from './add-tags-to-stream.ts'
import createStream from './create-stream.ts'
import decreaseStreamRetentionPeriod from './decrease-stream-retention-period.ts'
import deleteStream from './delete-stream.ts'
import describeStreamSummary from './describe-stream-summary.ts'
import describeStream from './describe-stream.ts'
import getRecords from './get-records.ts'
import getShardIterator from './get-shard-iterator.ts'
import increaseStreamRetentionPeriod from './increase-stream-retention-period.ts'
import listShards from './list-shards.ts'
import listStreams from './list-streams.ts'
import listTagsForStream from './list-tags-for-stream.ts'
import putRecord from './put-record.ts'
import putRecords from './put-records.ts'
import removeTagsFromStream from './remove-tags-from-stream.ts'
import startStreamEncryption from './start-stream-encryption.ts'
import stopStreamEncryption from './stop-stream-encryption.ts'
import updateShardCount from './update-shard-count.ts'
import updateStreamMode from './update-stream-mode.ts'

export const operations: Operation[] = [
  addTagsToStream,
  createStream,
  decreaseStreamRetentionPeriod,
  deleteStream,
  describeStreamSummary,
  describeStream,
  getRecords,
  getShardIterator,
  increaseStreamRetentionPeriod,
  listShards,
  listStreams,
  listTagsForStream,
  putRecord,
  putRecords,
  removeTagsFromStream,
  startStreamEncryption,
  stopStreamEncryption,
  updateShardCount,
  updateStreamMode,
]
