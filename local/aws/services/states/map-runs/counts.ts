import type { Platform } from '../../../core/platform.ts'
import { executions } from '../executions/execution.ts'
import { mapRunChildren } from './map-run.ts'
import type { MapRunRecord } from './map-run.ts'

const members = {
  PENDING: 'pending',
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
} as const

const none = { pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total: 0, resultsWritten: 0 }

/** How many children, and how many items in them, are in which status. */
export const countsOf = (platform: Platform, { key, machineArn }: MapRunRecord) => {
  const machine = machineArn.slice(machineArn.lastIndexOf(':') + 1)
  const itemCounts = { ...none }
  const executionCounts = { ...none }
  for (const { name, items } of mapRunChildren(platform).get(key) ?? []) {
    const member = members[executions(platform).get(`${machine}:${name}`)?.status ?? 'PENDING']
    itemCounts[member] += items
    itemCounts.total += items
    executionCounts[member]++
    executionCounts.total++
  }
  return { itemCounts, executionCounts }
}
