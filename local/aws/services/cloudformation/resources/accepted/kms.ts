import * as z from 'zod'
import { documentText, flag, number, tags, text } from '../../property-values.ts'
import { accepted } from './accepted.ts'

export const kmsKey = accepted(
  'AWS::KMS::Key',
  z.strictObject({
    Description: text.optional(),
    Enabled: flag.optional(),
    EnableKeyRotation: flag.optional(),
    KeyPolicy: documentText.optional(),
    KeySpec: text.optional(),
    KeyUsage: text.optional(),
    MultiRegion: flag.optional(),
    PendingWindowInDays: number.optional(),
    Tags: tags.optional(),
  }),
  ['KeySpec', 'KeyUsage', 'MultiRegion'],
  (_, { platform: { region, account } }) => {
    const physicalId = crypto.randomUUID()
    return { physicalId, attributes: { KeyId: physicalId, Arn: `arn:aws:kms:${region}:${account}:key/${physicalId}` } }
  },
)

export const kmsAlias = accepted(
  'AWS::KMS::Alias',
  z.strictObject({ AliasName: text, TargetKeyId: text }),
  ['AliasName'],
  ({ AliasName }) => ({ physicalId: AliasName, attributes: {} }),
)
