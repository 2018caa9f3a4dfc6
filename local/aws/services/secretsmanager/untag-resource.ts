import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnFor, liveSecretOf, SecretId, secretsOf } from './secrets.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'UntagResource',
  input: z.strictObject({ SecretId, TagKeys: z.array(z.string().min(1).max(128)) }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:UntagResource', resource: arnFor(platform, id) }],
  run: ({ SecretId: id, TagKeys }, { platform }) => {
    const secret = liveSecretOf(platform, id)
    secretsOf(platform).put(secret.Name, { ...secret, Tags: secret.Tags.filter(({ Key }) => !TagKeys.includes(Key)) })
    return {}
  },
})
