import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { pageOf } from './page.ts'
import { arnFor, SecretId, secretOf } from './secrets.ts'
import { isDeprecated } from './versions.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'ListSecretVersionIds',
  input: z.strictObject({
    SecretId,
    MaxResults: z.int().min(1).max(100).default(100),
    NextToken: z.string().optional(),
    IncludeDeprecated: z.boolean().default(false),
  }),
  needs: ({ SecretId: id }, platform) => [
    { action: 'secretsmanager:ListSecretVersionIds', resource: arnFor(platform, id) },
  ],
  run: ({ SecretId: id, IncludeDeprecated, ...page }, { platform }) => {
    const { ARN, Name, versions } = secretOf(platform, id)
    const listed = versions.filter((version) => IncludeDeprecated || !isDeprecated(version))
    const { items, NextToken } = pageOf(listed, page)
    return {
      ARN,
      Name,
      Versions: items.map(({ VersionId, stages, created }) => ({
        VersionId,
        VersionStages: stages.length === 0 ? undefined : stages,
        CreatedDate: new Date(created),
      })),
      NextToken,
    }
  },
})
