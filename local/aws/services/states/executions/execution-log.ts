import { randomBytes } from 'node:crypto'
import type { HistoryEvent } from '@hopline/local-states'
import { openLogStream } from '../../../core/log-stream.ts'
import type { Platform } from '../../../core/platform.ts'
import type { StateMachineRecord } from '../machines/state-machine.ts'
import { withoutData } from './without-data.ts'

const atLevel: Readonly<Record<'ALL' | 'ERROR' | 'FATAL', RegExp>> = {
  ALL: /./,
  ERROR: /(Failed|TimedOut|Aborted)$|^FailStateEntered$/,
  FATAL: /^Execution(Failed|TimedOut|Aborted)$/,
}

const delivery = { kind: 'service', arn: 'delivery.logs.amazonaws.com' } as const

/** One event as Step Functions writes it to CloudWatch Logs. */
const line = (
  { id, type, previousEventId, timestamp, ...details }: HistoryEvent,
  executionArn: string,
  data: boolean,
) => {
  const [shown = {}] = Object.values(data ? details : withoutData(details))
  return JSON.stringify({
    id: String(id),
    type,
    details: shown,
    previous_event_id: String(previousEventId),
    event_timestamp: String(timestamp),
    execution_arn: executionArn,
  })
}

/** Delivers an execution's events to the machine's log group; undefined where its logging is off. */
export const executionLog = (platform: Platform, machine: StateMachineRecord, executionArn: string) => {
  const { level, includeExecutionData, destinations = [] } = machine.loggingConfiguration
  const group = destinations[0]?.cloudWatchLogsLogGroup.logGroupArn.split(':')[6]
  if (level === 'OFF' || group === undefined) return undefined
  const minute = new Date(platform.clock.now()).toISOString().slice(0, 16).replaceAll(/[T:]/g, '-')
  const stream = `states/${machine.name}/${minute}/${randomBytes(4).toString('hex')}`
  const log = openLogStream(platform, { group, stream, principal: delivery })
  return {
    write: (event: HistoryEvent) => {
      if (atLevel[level].test(event.type)) log.write(line(event, executionArn, includeExecutionData))
    },
    deliver: log.deliver,
  }
}
