import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnFor, SecretId, secretOf } from './secrets.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'DescribeSecret',
  input: z.strictObject({ SecretId }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:DescribeSecret', resource: arnFor(platform, id) }],
  run: ({ SecretId: id }, { platform }) => {
    const { ARN, Name, Description, KmsKeyId, Tags, created, changed, deleted, versions } = secretOf(platform, id)
    return {
      ARN,
      Name,
      Description,
      KmsKeyId,
      Tags,
      CreatedDate: new Date(created),
      LastChangedDate: new Date(changed),
      DeletedDate: deleted === undefined ? undefined : new Date(deleted),
      VersionIdsToStages: Object.fromEntries(versions.map(({ VersionId, stages }) => [VersionId, stages])),
    }
  },
})
