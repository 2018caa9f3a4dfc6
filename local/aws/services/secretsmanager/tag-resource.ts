import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnFor, liveSecretOf, SecretId, secretsOf, Tags } from './secrets.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'TagResource',
  input: z.strictObject({ SecretId, Tags }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:TagResource', resource: arnFor(platform, id) }],
  run: ({ SecretId: id, Tags: added }, { platform }) => {
    const secret = liveSecretOf(platform, id)
    const tags = new Map([...secret.Tags, ...added].map((tag) => [tag.Key, tag]))
    secretsOf(platform).put(secret.Name, { ...secret, Tags: [...tags.values()] })
    return {}
  },
})
