import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { onTags, taggedApplication } from './tags.ts'

export default defineOperation({
  service: 'emr-serverless',
  name: 'ListTagsForResource',
  route: { method: 'GET', path: '/tags/{resourceArn}' },
  input: z.strictObject({ resourceArn: z.string() }),
  needs: ({ resourceArn }) => onTags('ListTagsForResource', resourceArn),
  run: ({ resourceArn }, { platform }) => ({ tags: taggedApplication(platform, resourceArn).tags ?? {} }),
})
