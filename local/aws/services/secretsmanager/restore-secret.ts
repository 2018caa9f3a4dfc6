import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnFor, SecretId, secretOf, secretsOf } from './secrets.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'RestoreSecret',
  input: z.strictObject({ SecretId }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:RestoreSecret', resource: arnFor(platform, id) }],
  run: ({ SecretId: id }, { platform }) => {
    const secret = secretOf(platform, id)
    secretsOf(platform).put(secret.Name, { ...secret, deleted: undefined })
    return { ARN: secret.ARN, Name: secret.Name }
  },
})
