import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { busArn, EventBusName, requireDefaultBus } from './event-bus.ts'

export default defineOperation({
  service: 'events',
  name: 'DescribeEventBus',
  input: z.strictObject({ Name: EventBusName }),
  needs: (_, platform) => [{ action: 'events:DescribeEventBus', resource: busArn(platform) }],
  run: ({ Name }, { platform }) => {
    requireDefaultBus(platform, Name)
    return { Name: 'default', Arn: busArn(platform) }
  },
})
