import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnFor, SecretId, secretOf, shownSecret } from './secrets.ts'
import { isDeprecated } from './versions.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'DescribeSecret',
  input: z.strictObject({ SecretId }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:DescribeSecret', resource: arnFor(platform, id) }],
  run: ({ SecretId: id }, { platform }) => {
    const secret = secretOf(platform, id)
    const labelled = secret.versions.filter((version) => !isDeprecated(version))
    return {
      ...shownSecret(secret),
      VersionIdsToStages:
        labelled.length === 0
          ? undefined
          : Object.fromEntries(labelled.map(({ VersionId, stages }) => [VersionId, stages])),
    }
  },
})
