import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
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
  name: 'PutSecretValue',
  input: z.strictObject({
    SecretId,
    ClientRequestToken: ClientRequestToken.optional(),
    SecretString: SecretString.optional(),
    SecretBinary: SecretBinary.optional(),
    VersionStages: z.array(z.string().min(1).max(256)).min(1).max(20).default(['AWSCURRENT']),
  }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:PutSecretValue', resource: arnFor(platform, id) }],
  run: ({ SecretId: id, ClientRequestToken: version, VersionStages: stages, ...value }, { platform }) => {
    if ((value.SecretString === undefined) === (value.SecretBinary === undefined)) {
      const message = 'You must provide either SecretString or SecretBinary.'
      throw new AwsError('InvalidRequestException', message)
    }
    const secret = withVersion(liveSecretOf(platform, id), value, { id: version, stages, now: platform.clock.now() })
    secretsOf(platform).put(secret.Name, secret)
    return { ARN: secret.ARN, Name: secret.Name, VersionId: secret.versions.at(-1)?.VersionId, VersionStages: stages }
  },
})
