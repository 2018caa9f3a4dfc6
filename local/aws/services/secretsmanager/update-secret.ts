import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnFor, liveSecretOf, SecretId, secretsOf } from './secrets.ts'
import { hasValue, valueMembers, withVersion } from './versions.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'UpdateSecret',
  input: z.strictObject({
    ...valueMembers,
    SecretId,
    Description: z.string().max(2048).optional(),
    KmsKeyId: z.string().max(2048).optional(),
  }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:UpdateSecret', resource: arnFor(platform, id) }],
  run: ({ SecretId: id, ClientRequestToken: token, Description, KmsKeyId, ...value }, { platform }) => {
    const found = liveSecretOf(platform, id)
    const now = platform.clock.now()
    const told = {
      ...found,
      Description: Description ?? found.Description,
      KmsKeyId: KmsKeyId ?? found.KmsKeyId,
      changed: now,
    }
    const { ARN, Name } = found
    if (!hasValue(value)) {
      secretsOf(platform).put(Name, told)
      return { ARN, Name }
    }
    const { secret, VersionId } = withVersion(told, value, { id: token, stages: ['AWSCURRENT'], now })
    secretsOf(platform).put(Name, secret)
    return { ARN, Name, VersionId }
  },
})
