import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { busArn } from './event-bus.ts'
import { page, pageInput } from './page.ts'

export default defineOperation({
  service: 'events',
  name: 'ListEventBuses',
  input: z.strictObject({ NamePrefix: z.string().min(1).max(256).default(''), ...pageInput }),
  needs: () => [{ action: 'events:ListEventBuses', resource: '*' }],
  run: ({ NamePrefix, ...wanted }, { platform }) => {
    const buses = [{ Name: 'default', Arn: busArn(platform) }].filter(({ Name }) => Name.startsWith(NamePrefix))
    const { shown, NextToken } = page(buses, ({ Name }) => Name, wanted)
    return { EventBuses: shown, NextToken }
  },
})
