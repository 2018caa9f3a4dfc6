import * as z from 'zod'
import { text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

export default defineResource({
  type: 'AWS::Lambda::Version',
  properties: z.strictObject({ FunctionName: text, CodeSha256: text.optional(), Description: text.optional() }),
  replacedBy: ['FunctionName', 'CodeSha256', 'Description'],
  async create(version, { call }) {
    const { FunctionArn, Version } = await call<{ FunctionArn: string; Version: string }>(
      'lambda',
      'PublishVersion',
      version,
    )
    return { physicalId: FunctionArn, attributes: { FunctionArn, Version } }
  },
  async delete({ physicalId }, { call }) {
    await call('lambda', 'DeleteFunction', { FunctionName: physicalId })
  },
})
