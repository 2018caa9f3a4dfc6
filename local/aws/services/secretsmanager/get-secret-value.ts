import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import type { SecretRecord } from './secrets.ts'
import { arnFor, liveSecretOf, SecretId } from './secrets.ts'
import { versionAt, VersionId, VersionStage } from './versions.ts'

const versionToRead = (secret: SecretRecord, id: string | undefined, stage: string | undefined) => {
  const label = stage ?? 'AWSCURRENT'
  const version = id === undefined ? versionAt(secret, label) : secret.versions.find((held) => held.VersionId === id)
  if (!version) {
    const wanted = id === undefined ? `staging label: ${label}` : `VersionId: ${id}`
    const message = `Secrets Manager can't find the specified secret value for ${wanted}`
    throw new AwsError('ResourceNotFoundException', message)
  }
  if (stage !== undefined && !version.stages.includes(stage)) {
    const message = 'You provided a VersionStage that is not associated to the provided VersionId.'
    throw new AwsError('InvalidRequestException', message)
  }
  return version
}

export default defineOperation({
  service: 'secretsmanager',
  name: 'GetSecretValue',
  input: z.strictObject({ SecretId, VersionId: VersionId.optional(), VersionStage: VersionStage.optional() }),
  needs: ({ SecretId: id }, platform) => [{ action: 'secretsmanager:GetSecretValue', resource: arnFor(platform, id) }],
  run: ({ SecretId: id, VersionId: version, VersionStage: stage }, { platform }) => {
    const secret = liveSecretOf(platform, id)
    const { stages, created, ...value } = versionToRead(secret, version, stage)
    return {
      ARN: secret.ARN,
      Name: secret.Name,
      ...value,
      VersionStages: stages.length === 0 ? undefined : stages,
      CreatedDate: new Date(created),
    }
  },
})
