import type { Operation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { alarmWatch } from './alarms/watch.ts'
import deleteAlarms from './delete-alarms.ts'
import describeAlarms from './describe-alarms.ts'
import disableAlarmActions from './disable-alarm-actions.ts'
import enableAlarmActions from './enable-alarm-actions.ts'
import getMetricData from './get-metric-data.ts'
import getMetricStatistics from './get-metric-statistics.ts'
import listMetrics from './list-metrics.ts'
import listTagsForResource from './list-tags-for-resource.ts'
import putMetricAlarm from './put-metric-alarm.ts'
import putMetricData from './put-metric-data.ts'
import setAlarmState from './set-alarm-state.ts'
import tagResource from './tag-resource.ts'
import untagResource from './untag-resource.ts'

export const operations: Operation[] = [
  deleteAlarms,
  describeAlarms,
  disableAlarmActions,
  enableAlarmActions,
  getMetricData,
  getMetricStatistics,
  listMetrics,
  listTagsForResource,
  putMetricAlarm,
  putMetricData,
  setAlarmState,
  tagResource,
  untagResource,
]

export const start = (platform: Platform): void => alarmWatch(platform).changed()
