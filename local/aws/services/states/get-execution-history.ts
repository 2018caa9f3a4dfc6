import type { HistoryEvent } from '@hopline/local-states'
import * as z from 'zod'
import { isRecord } from '../../core/is-record.ts'
import { defineOperation } from '../../core/operation.ts'
import { execution } from './executions/execution.ts'
import { historyOf } from './executions/history.ts'
import { arnInput } from './names.ts'
import { pageOf, pagingInput } from './paging.ts'

const executionDataMembers = new Set(['input', 'output', 'parameters', 'assignedVariables'])

const withoutData = (event: object) =>
  Object.fromEntries(
    Object.entries(event).map(([name, member]) => [
      name,
      isRecord(member)
        ? Object.fromEntries(Object.entries(member).filter(([detail]) => !executionDataMembers.has(detail)))
        : member,
    ]),
  )

const shown = ({ timestamp, ...event }: HistoryEvent, includeExecutionData: boolean) => ({
  timestamp: new Date(timestamp),
  ...(includeExecutionData ? event : withoutData(event)),
})

export default defineOperation({
  service: 'states',
  name: 'GetExecutionHistory',
  input: z.strictObject({
    executionArn: arnInput,
    reverseOrder: z.boolean().default(false),
    includeExecutionData: z.boolean().default(true),
    ...pagingInput,
  }),
  needs: ({ executionArn }) => [{ action: 'states:GetExecutionHistory', resource: executionArn }],
  run: ({ executionArn, reverseOrder, includeExecutionData, ...paging }, { platform }) => {
    const events = historyOf(platform, execution(platform, executionArn).key)
    const ordered = reverseOrder ? events.toReversed() : events
    const { items, ...rest } = pageOf(ordered, ({ id }) => String(id), paging)
    return { events: items.map((event) => shown(event, includeExecutionData)), ...rest }
  },
})
