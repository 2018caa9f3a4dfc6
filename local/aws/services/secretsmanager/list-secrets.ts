import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { pageOf } from './page.ts'
import type { SecretRecord } from './secrets.ts'
import { isGone, secretsOf, shownSecret } from './secrets.ts'
import { isDeprecated } from './versions.ts'

const Filter = z.strictObject({
  Key: z.enum(['name', 'description', 'tag-key', 'tag-value', 'all']),
  Values: z.array(z.string().max(512)).min(1).max(10),
})

const fields = {
  name: ({ Name }: SecretRecord) => [Name],
  description: ({ Description = '' }: SecretRecord) => [Description],
  'tag-key': ({ Tags }: SecretRecord) => Tags.map(({ Key }) => Key),
  'tag-value': ({ Tags }: SecretRecord) => Tags.map(({ Value }) => Value),
} as const
/** All of them but `name` are compared without regard to case. */
const folded = (key: z.infer<typeof Filter>['Key'], text: string) => (key === 'name' ? text : text.toLowerCase())

/** Any of a filter's values is a prefix of the field; after `!` it is not. */
const passes = (secret: SecretRecord, { Key, Values }: z.infer<typeof Filter>) => {
  const held = Key === 'all' ? Object.values(fields).flatMap((of) => of(secret)) : fields[Key](secret)
  const begins = (prefix: string) => held.some((text) => folded(Key, text).startsWith(folded(Key, prefix)))
  return Values.some((value) => (value.startsWith('!') ? !begins(value.slice(1)) : begins(value)))
}

export default defineOperation({
  service: 'secretsmanager',
  name: 'ListSecrets',
  input: z.strictObject({
    MaxResults: z.int().min(1).max(100).default(100),
    NextToken: z.string().optional(),
    IncludePlannedDeletion: z.boolean().default(false),
    Filters: z.array(Filter).max(10).default([]),
    SortOrder: z.enum(['asc', 'desc']).default('desc'),
  }),
  needs: () => [{ action: 'secretsmanager:ListSecrets', resource: '*' }],
  run: ({ IncludePlannedDeletion, Filters, SortOrder, ...page }, { platform }) => {
    const sign = SortOrder === 'asc' ? 1 : -1
    const listed = secretsOf(platform)
      .list()
      .map(({ value }) => value)
      .filter((secret) => !isGone(platform, secret) && (IncludePlannedDeletion || secret.deleted === undefined))
      .filter((secret) => Filters.every((filter) => passes(secret, filter)))
      .toSorted((a, b) => sign * (a.created - b.created || (a.Name < b.Name ? -1 : 1)))
    const { items, NextToken } = pageOf(listed, page)
    return {
      SecretList: items.map((secret) => ({
        ...shownSecret(secret),
        SecretVersionsToStages: Object.fromEntries(
          secret.versions
            .filter((version) => !isDeprecated(version))
            .map(({ VersionId, stages }) => [VersionId, stages]),
        ),
      })),
      NextToken,
    }
  },
})
