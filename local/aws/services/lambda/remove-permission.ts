import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation, RawReply } from '../../core/operation.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { policies } from './policies.ts'

export default defineOperation({
  service: 'lambda',
  name: 'RemovePermission',
  route: { method: 'DELETE', path: '/2015-03-31/functions/{FunctionName}/policy/{StatementId}' },
  input: z.strictObject({
    FunctionName: functionNameInput,
    StatementId: z.string(),
    Qualifier: z.string().optional(),
    RevisionId: z.string().optional(),
  }),
  needs: ({ FunctionName }, platform) => [
    { action: 'lambda:RemovePermission', resource: functionArn(platform, functionReference(FunctionName).name) },
  ],
  run({ FunctionName, StatementId }, { platform }) {
    const { name } = functionReference(FunctionName)
    const before = policies(platform).get(name)?.statements ?? []
    const statements = before.filter(({ Sid }) => Sid !== StatementId)
    if (statements.length === before.length) {
      throw new AwsError('ResourceNotFoundException', `Statement ${StatementId} is not found in resource policy.`, {
        status: 404,
        Type: 'User',
      })
    }
    if (statements.length === 0) policies(platform).delete(name)
    else policies(platform).put(name, { revision: randomUUID(), statements })
    return new RawReply(204)
  },
})
