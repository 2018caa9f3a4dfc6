import * as z from 'zod'
import { documentText, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

export default defineResource({
  type: 'AWS::S3::BucketPolicy',
  properties: z.strictObject({ Bucket: text, PolicyDocument: documentText }),
  replacedBy: ['Bucket'],
  async create({ Bucket, PolicyDocument }, { call }) {
    await call('s3', 'PutBucketPolicy', { Bucket, Policy: PolicyDocument })
    return { physicalId: Bucket, attributes: {} }
  },
  async update({ Bucket, PolicyDocument }, _, { call }) {
    await call('s3', 'PutBucketPolicy', { Bucket, Policy: PolicyDocument })
    return { physicalId: Bucket, attributes: {} }
  },
  async delete({ physicalId }, { call }) {
    await call('s3', 'DeleteBucketPolicy', { Bucket: physicalId })
  },
})
