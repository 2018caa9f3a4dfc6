import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { eventsOf } from './events.ts'
import { existingStack, stackArn } from './stacks.ts'

const pageSize = 100

export default defineOperation({
  service: 'cloudformation',
  name: 'DescribeStackEvents',
  input: z.strictObject({ StackName: z.string(), NextToken: z.string().optional() }),
  needs: ({ StackName }, platform) => [
    { action: 'cloudformation:DescribeStackEvents', resource: stackArn(platform, StackName) },
  ],
  run({ StackName, NextToken }, { platform }) {
    const events = eventsOf(platform, existingStack(platform, StackName))
    // The token is the last event that was given: newer ones come before it and move nothing.
    const last = NextToken === undefined ? -1 : events.findIndex(({ EventId }) => EventId === NextToken)
    if (NextToken !== undefined && last < 0) throw new AwsError('ValidationError', 'NextToken is invalid')
    const page = events.slice(last + 1, last + 1 + pageSize)
    return {
      StackEvents: page.map(({ time, ...event }) => ({ ...event, Timestamp: new Date(time) })),
      NextToken: last + 1 + page.length < events.length ? page.at(-1)?.EventId : undefined,
    }
  },
})
