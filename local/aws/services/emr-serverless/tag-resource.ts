import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { keepApplication, tags } from './applications.ts'
import { onTags, taggedApplication } from './tags.ts'

export default defineOperation({
  service: 'emr-serverless',
  name: 'TagResource',
  route: { method: 'POST', path: '/tags/{resourceArn}' },
  input: z.strictObject({ resourceArn: z.string(), tags }),
  needs: ({ resourceArn }) => onTags('TagResource', resourceArn),
  run({ resourceArn, tags: added }, { platform }) {
    const application = taggedApplication(platform, resourceArn)
    keepApplication(platform, { ...application, tags: { ...application.tags, ...added } })
    return {}
  },
})
