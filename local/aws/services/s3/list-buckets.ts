import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketsOf } from './buckets.ts'

export default defineOperation({
  service: 's3',
  name: 'ListBuckets',
  route: { method: 'GET', path: '/', reply: { root: 'ListAllMyBucketsResult' } },
  input: z.strictObject({ Prefix: z.string().default('') }),
  needs: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
  run: ({ Prefix }, { platform }) => ({
    Buckets: bucketsOf(platform.store)
      .list({ prefix: Prefix })
      .map(({ value: { name, created } }) => ({ Name: name, CreationDate: new Date(created) })),
    Owner: { ID: platform.account },
  }),
})
