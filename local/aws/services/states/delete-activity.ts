import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { activities } from './activities/activity.ts'
import { forgetTags } from './machines/tags.ts'
import { activityNameOf, arnInput } from './names.ts'

/** An activity that is not there is deleted too. */
export default defineOperation({
  service: 'states',
  name: 'DeleteActivity',
  input: z.strictObject({ activityArn: arnInput }),
  needs: ({ activityArn }) => [{ action: 'states:DeleteActivity', resource: activityArn }],
  run: ({ activityArn }, { platform }) => {
    activities(platform).delete(activityNameOf(activityArn))
    forgetTags(platform, activityArn)
    return {}
  },
})
