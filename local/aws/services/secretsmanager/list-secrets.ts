import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { secretsOf } from './secrets.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'ListSecrets',
  input: z.strictObject({
    MaxResults: z.int().min(1).max(100).default(100),
    NextToken: z.string().optional(),
    IncludePlannedDeletion: z.boolean().default(false),
  }),
  needs: () => [{ action: 'secretsmanager:ListSecrets', resource: '*' }],
  run: ({ MaxResults, NextToken, IncludePlannedDeletion }, { platform }) => {
    const after = NextToken === undefined ? {} : { after: NextToken }
    const found = secretsOf(platform).list({ ...after, limit: MaxResults + 1 })
    const page = found.slice(0, MaxResults)
    return {
      SecretList: page
        .filter(({ value }) => IncludePlannedDeletion || value.deleted === undefined)
        .map(({ value: { ARN, Name, Description, KmsKeyId, Tags, created, changed } }) => ({
          ARN,
          Name,
          Description,
          KmsKeyId,
          Tags,
          CreatedDate: new Date(created),
          LastChangedDate: new Date(changed),
        })),
      NextToken: found.length > MaxResults ? page.at(-1)?.key : undefined,
    }
  },
})
