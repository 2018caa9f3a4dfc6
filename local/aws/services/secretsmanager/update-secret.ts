import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import {
  arnFor,
  ClientRequestToken,
  liveSecretOf,
  SecretBinary,
  SecretId,
  secretsOf,
  SecretString,
  withVersion,
} from './secrets.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'UpdateSecret',
  input: z.strictObject({
    SecretId,
    ClientRequestToken: ClientRequestToken.optional(),
    Description: z.string().max(2048).optional(),
    KmsKeyId: z.string().max(2048).optional(),
    SecretString: SecretString.optional(),
    SecretBinary: SecretBinary.optional(),
  }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:UpdateSecret', resource: arnFor(platform, id) }],
  run: ({ SecretId: id, ClientRequestToken: version, Description, KmsKeyId, ...value }, { platform }) => {
    const found = liveSecretOf(platform, id)
    const now = platform.clock.now()
    const described = {
      ...found,
      Description: Description ?? found.Description,
      KmsKeyId: KmsKeyId ?? found.KmsKeyId,
      changed: now,
    }
    const hasValue = value.SecretString !== undefined || value.SecretBinary !== undefined
    const secret = hasValue ? withVersion(described, value, { id: version, stages: ['AWSCURRENT'], now }) : described
    secretsOf(platform).put(secret.Name, secret)
    return { ARN: secret.ARN, Name: secret.Name, VersionId: hasValue ? secret.versions.at(-1)?.VersionId : undefined }
  },
})
