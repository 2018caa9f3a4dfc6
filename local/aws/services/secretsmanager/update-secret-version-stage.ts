import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { arnFor, liveSecretOf, SecretId, secretsOf } from './secrets.ts'
import { labelled, versionAt, VersionId, VersionStage } from './versions.ts'

const refusal = (message: string) => new AwsError('InvalidParameterException', message)

export default defineOperation({
  service: 'secretsmanager',
  name: 'UpdateSecretVersionStage',
  input: z.strictObject({
    SecretId,
    VersionStage,
    RemoveFromVersionId: VersionId.optional(),
    MoveToVersionId: VersionId.optional(),
  }),
  needs: ({ SecretId: id }, platform) => [
    { action: 'secretsmanager:UpdateSecretVersionStage', resource: arnFor(platform, id) },
  ],
  run: ({ SecretId: id, VersionStage: stage, RemoveFromVersionId: from, MoveToVersionId: to }, { platform }) => {
    const secret = liveSecretOf(platform, id)
    for (const version of [from, to]) {
      if (version !== undefined && !secret.versions.some((held) => held.VersionId === version))
        throw refusal(`Not a valid version: ${version}`)
    }
    const holder = versionAt(secret, stage)?.VersionId
    if (from === undefined && holder !== undefined && holder !== to) {
      throw refusal(
        `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
      )
    }
    if (from !== undefined && from !== holder) throw refusal(`Version stage ${stage} not found in version ${from}`)
    if (to === undefined && stage === 'AWSCURRENT') {
      throw refusal(
        "You can only move staging label AWSCURRENT to a different secret version. It can't be completely removed.",
      )
    }
    secretsOf(platform).put(secret.Name, { ...labelled(secret, [stage], to), changed: platform.clock.now() })
    return { ARN: secret.ARN, Name: secret.Name }
  },
})
