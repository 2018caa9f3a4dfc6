import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { activities } from './activities/activity.ts'
import { addTags, tagsInput } from './machines/tags.ts'
import { activityArn, checkName, nameInput } from './names.ts'

/** A second request with the same name gets the first one's answer; its tags are not looked at. */
export default defineOperation({
  service: 'states',
  name: 'CreateActivity',
  input: z.strictObject({
    name: nameInput,
    tags: tagsInput.default([]),
    encryptionConfiguration: z.strictObject({ type: z.literal('AWS_OWNED_KEY') }).optional(),
  }),
  needs: ({ name, tags }, platform) => [
    { action: 'states:CreateActivity', resource: activityArn(platform, name) },
    ...(tags.length > 0 ? [{ action: 'states:TagResource', resource: activityArn(platform, name) }] : []),
  ],
  run: ({ name, tags }, { platform }) => {
    checkName(name)
    const kept = activities(platform).get(name)
    const made = kept ?? { name, arn: activityArn(platform, name), createdAt: platform.clock.now() }
    if (!kept) {
      platform.store.transaction(() => {
        activities(platform).put(name, made)
        addTags(platform, made.arn, tags)
      })
    }
    return { activityArn: made.arn, creationDate: new Date(made.createdAt) }
  },
})
