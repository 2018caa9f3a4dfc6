import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { arnFor, liveSecretOf, SecretId, secretsOf } from './secrets.ts'
import { hasValue, valueMembers, VersionStage, withVersion } from './versions.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'PutSecretValue',
  input: z.strictObject({
    ...valueMembers,
    SecretId,
    VersionStages: z.array(VersionStage).min(1).max(20).default(['AWSCURRENT']),
  }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:PutSecretValue', resource: arnFor(platform, id) }],
  run: ({ SecretId: id, ClientRequestToken: token, VersionStages: stages, ...value }, { platform }) => {
    const found = liveSecretOf(platform, id)
    if (!hasValue(value)) {
      const message = 'You must provide either SecretString or SecretBinary.'
      throw new AwsError('InvalidRequestException', message)
    }
    const { secret, VersionId } = withVersion(found, value, { id: token, stages, now: platform.clock.now() })
    secretsOf(platform).put(secret.Name, secret)
    const version = secret.versions.find((held) => held.VersionId === VersionId)
    return { ARN: secret.ARN, Name: secret.Name, VersionId, VersionStages: version?.stages }
  },
})
