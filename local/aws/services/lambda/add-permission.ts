import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingSettings } from './functions.ts'
import type { PolicyStatement } from './policies.ts'
import { policies } from './policies.ts'

const principalOf = (principal: string): PolicyStatement['Principal'] => {
  if (principal === '*') return '*'
  if (principal.endsWith('.amazonaws.com')) return { Service: principal }
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal }
}

export default defineOperation({
  service: 'lambda',
  name: 'AddPermission',
  route: { method: 'POST', path: '/2015-03-31/functions/{FunctionName}/policy' },
  input: z.strictObject({
    FunctionName: functionNameInput,
    StatementId: z.string().regex(/^[a-zA-Z0-9-_]{1,100}$/),
    Action: z.string().regex(/^lambda:[*a-zA-Z]+$|^\*$/),
    Principal: z.string().min(1),
    SourceArn: z.string().optional(),
    SourceAccount: z.string().optional(),
    Qualifier: z.string().optional(),
  }),
  needs: ({ FunctionName }, platform) => [
    { action: 'lambda:AddPermission', resource: functionArn(platform, functionReference(FunctionName).name) },
  ],
  run(input, { platform }) {
    const reference = functionReference(input.FunctionName, input.Qualifier)
    existingSettings(platform, reference)
    const before = policies(platform).get(reference.name)?.statements ?? []
    if (before.some(({ Sid }) => Sid === input.StatementId)) {
      throw new AwsError(
        'ResourceConflictException',
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        { status: 409, Type: 'User' },
      )
    }
    const qualified = input.Qualifier ?? (reference.qualifier === '$LATEST' ? undefined : reference.qualifier)
    const condition = {
      ...(input.SourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': input.SourceAccount } }),
      ...(input.SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
    }
    const statement: PolicyStatement = {
      Sid: input.StatementId,
      Effect: 'Allow',
      Principal: principalOf(input.Principal),
      Action: input.Action,
      Resource: functionArn(platform, reference.name, qualified),
      ...(Object.keys(condition).length > 0 && { Condition: condition }),
    }
    policies(platform).put(reference.name, { revision: randomUUID(), statements: [...before, statement] })
    return { Statement: JSON.stringify(statement) }
  },
})
