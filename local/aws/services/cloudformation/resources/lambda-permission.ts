import * as z from 'zod'
import { text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

export default defineResource({
  type: 'AWS::Lambda::Permission',
  properties: z.strictObject({
    FunctionName: text,
    Action: text,
    Principal: text,
    SourceArn: text.optional(),
    SourceAccount: text.optional(),
  }),
  replacedBy: ['FunctionName', 'Action', 'Principal', 'SourceArn', 'SourceAccount'],
  async create(permission, { call, name }) {
    const StatementId = name(100)
    await call('lambda', 'AddPermission', { ...permission, StatementId })
    return { physicalId: StatementId, attributes: { Id: StatementId } }
  },
  async delete({ physicalId, properties: { FunctionName } }, { call }) {
    await call('lambda', 'RemovePermission', { FunctionName, StatementId: physicalId })
  },
})
