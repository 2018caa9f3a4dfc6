import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { arnFor, findSecret, liveSecretOf, SecretId, secretsOf } from './secrets.ts'

const dayMs = 86_400_000

export default defineOperation({
  service: 'secretsmanager',
  name: 'DeleteSecret',
  input: z.strictObject({
    SecretId,
    RecoveryWindowInDays: z.int().optional(),
    ForceDeleteWithoutRecovery: z.boolean().default(false),
  }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:DeleteSecret', resource: arnFor(platform, id) }],
  run: ({ SecretId: id, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery }, { platform }) => {
    const now = platform.clock.now()
    if (ForceDeleteWithoutRecovery) {
      if (days !== undefined) {
        const message = "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."
        throw new AwsError('InvalidParameterException', message)
      }
      const { ARN, Name } = findSecret(platform, id) ?? { ARN: arnFor(platform, id), Name: id }
      secretsOf(platform).delete(Name)
      return { ARN, Name, DeletionDate: new Date(now) }
    }
    if (days !== undefined && (days < 7 || days > 30)) {
      const message = 'RecoveryWindowInDays value must be between 7 and 30 days (inclusive).'
      throw new AwsError('InvalidParameterException', message)
    }
    const secret = liveSecretOf(platform, id)
    const deleted = now + (days ?? 30) * dayMs
    secretsOf(platform).put(secret.Name, { ...secret, deleted })
    return { ARN: secret.ARN, Name: secret.Name, DeletionDate: new Date(deleted) }
  },
})
