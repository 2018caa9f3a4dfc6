import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { activity } from './activities/activity.ts'
import { arnInput } from './names.ts'

export default defineOperation({
  service: 'states',
  name: 'DescribeActivity',
  input: z.strictObject({ activityArn: arnInput }),
  needs: ({ activityArn }) => [{ action: 'states:DescribeActivity', resource: activityArn }],
  run: ({ activityArn }, { platform }) => {
    const { arn, name, createdAt } = activity(platform, activityArn)
    return {
      activityArn: arn,
      name,
      creationDate: new Date(createdAt),
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    }
  },
})
