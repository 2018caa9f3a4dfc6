import type { Operation } from '../../core/operation.ts'
import createSecret from './create-secret.ts'
import deleteSecret from './delete-secret.ts'
import describeSecret from './describe-secret.ts'
import getSecretValue from './get-secret-value.ts'
import listSecrets from './list-secrets.ts'
import putSecretValue from './put-secret-value.ts'
import updateSecret from './update-secret.ts'

export const operations: Operation[] = [
  createSecret,
  putSecretValue,
  getSecretValue,
  describeSecret,
  updateSecret,
  deleteSecret,
  listSecrets,
]
