import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { activities } from './activities/activity.ts'
import { activityArn } from './names.ts'
import { pageOf, pagingInput } from './paging.ts'

export default defineOperation({
  service: 'states',
  name: 'ListActivities',
  input: z.strictObject(pagingInput),
  needs: (_, platform) => [{ action: 'states:ListActivities', resource: activityArn(platform, '*') }],
  run: (paging, { platform }) => {
    const { items, ...rest } = pageOf(activities(platform).list(), ({ key }) => key, paging)
    const shown = items.map(({ value: { arn, name, createdAt } }) => ({
      activityArn: arn,
      name,
      creationDate: new Date(createdAt),
    }))
    return { activities: shown, ...rest }
  },
})
