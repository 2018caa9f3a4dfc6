import type { HistoryEvent } from '@hopline/local-states'
import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { execution } from './executions/execution.ts'
import { historyOf } from './executions/history.ts'
import { withoutData } from './executions/without-data.ts'
import { arnInput } from './names.ts'
import { pageOf, pagingInput } from './paging.ts'

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
