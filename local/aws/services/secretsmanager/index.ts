import type { Operation } from '../../core/operation.ts'
import createSecret from './create-secret.ts'
import deleteSecret from './delete-secret.ts'
import describeSecret from './describe-secret.ts'
import getSecretValue from './get-secret-value.ts'
import listSecretVersionIds from './list-secret-version-ids.ts'
import listSecrets from './list-secrets.ts'
import putSecretValue from './put-secret-value.ts'
import restoreSecret from './restore-secret.ts'
import tagResource from './tag-resource.ts'
import untagResource from './untag-resource.ts'
import updateSecretVersionStage from './update-secret-version-stage.ts'
import updateSecret from './update-secret.ts'

export const operations: Operation[] = [
  createSecret,
  deleteSecret,
  describeSecret,
  getSecretValue,
  listSecretVersionIds,
  listSecrets,
  putSecretValue,
  restoreSecret,
  tagResource,
  untagResource,
  updateSecret,
  updateSecretVersionStage,
]
