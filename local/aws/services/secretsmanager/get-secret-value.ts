import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { arnFor, liveSecretOf, SecretId } from './secrets.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'GetSecretValue',
  input: z.strictObject({
    SecretId,
    VersionId: z.string().min(32).max(64).optional(),
    VersionStage: z.string().min(1).max(256).optional(),
  }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:GetSecretValue', resource: arnFor(platform, id) }],
  run: (
    { SecretId: id, VersionId, VersionStage = VersionId === undefined ? 'AWSCURRENT' : undefined },
    { platform },
  ) => {
    const { ARN, Name, versions } = liveSecretOf(platform, id)
    const version = versions.find(
      (held) =>
        (VersionId === undefined || held.VersionId === VersionId) &&
        (VersionStage === undefined || held.stages.includes(VersionStage)),
    )
    if (!version) {
      const wanted = VersionId === undefined ? `staging label: ${VersionStage}` : `VersionId: ${VersionId}`
      const message = `Secrets Manager can't find the specified secret value for ${wanted}`
      throw new AwsError('ResourceNotFoundException', message)
    }
    const { SecretString, SecretBinary, stages, created } = version
    return {
      ARN,
      Name,
      VersionId: version.VersionId,
      SecretString,
      SecretBinary,
      VersionStages: stages,
      CreatedDate: new Date(created),
    }
  },
})
