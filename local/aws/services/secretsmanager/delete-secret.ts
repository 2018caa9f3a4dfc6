import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnFor, SecretId, secretOf, secretsOf } from './secrets.ts'

const dayMs = 86_400_000

export default defineOperation({
  service: 'secretsmanager',
  name: 'DeleteSecret',
  input: z.strictObject({
    SecretId,
    RecoveryWindowInDays: z.int().min(7).max(30).default(30),
    ForceDeleteWithoutRecovery: z.boolean().default(false),
  }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:DeleteSecret', resource: arnFor(platform, id) }],
  run: ({ SecretId: id, RecoveryWindowInDays, ForceDeleteWithoutRecovery }, { platform }) => {
    const secret = secretOf(platform, id)
    const now = platform.clock.now()
    const deletion = ForceDeleteWithoutRecovery ? now : now + RecoveryWindowInDays * dayMs
    if (ForceDeleteWithoutRecovery) secretsOf(platform).delete(secret.Name)
    else secretsOf(platform).put(secret.Name, { ...secret, deleted: deletion })
    return { ARN: secret.ARN, Name: secret.Name, DeletionDate: new Date(deletion) }
  },
})
