import type { Operation } from '../../core/operation.ts'
import createLogGroup from './create-log-group.ts'
import createLogStream from './create-log-stream.ts'
import deleteLogGroup from './delete-log-group.ts'
import deleteLogStream from './delete-log-stream.ts'
import deleteRetentionPolicy from './delete-retention-policy.ts'
import describeLogGroups from './describe-log-groups.ts'
import describeLogStreams from './describe-log-streams.ts'
import filterLogEvents from './filter-log-events.ts'
import getLogEvents from './get-log-events.ts'
import listTagsForResource from './list-tags-for-resource.ts'
import putLogEvents from './put-log-events.ts'
import putRetentionPolicy from './put-retention-policy.ts'
import tagResource from './tag-resource.ts'
import untagResource from './untag-resource.ts'

export const operations: Operation[] = [
  createLogGroup,
  deleteLogGroup,
  describeLogGroups,
  putRetentionPolicy,
  deleteRetentionPolicy,
  createLogStream,
  deleteLogStream,
  describeLogStreams,
  putLogEvents,
  getLogEvents,
  filterLogEvents,
  tagResource,
  untagResource,
  listTagsForResource,
]
