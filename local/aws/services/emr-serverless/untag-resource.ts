import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { keepApplication } from './applications.ts'
import { onTags, taggedApplication } from './tags.ts'

export default defineOperation({
  service: 'emr-serverless',
  name: 'UntagResource',
  route: { method: 'DELETE', path: '/tags/{resourceArn}' },
  input: z.strictObject({ resourceArn: z.string(), tagKeys: z.array(z.string().min(1).max(128)).min(1) }),
  needs: ({ resourceArn }) => onTags('UntagResource', resourceArn),
  run({ resourceArn, tagKeys }, { platform }) {
    const application = taggedApplication(platform, resourceArn)
    const tags = Object.fromEntries(Object.entries(application.tags ?? {}).filter(([key]) => !tagKeys.includes(key)))
    keepApplication(platform, { ...application, tags })
    return {}
  },
})
