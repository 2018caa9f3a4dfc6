import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import type { SecretRecord } from './secrets.ts'
import {
  arnFor,
  ClientRequestToken,
  findSecret,
  SecretBinary,
  secretsOf,
  SecretString,
  Tags,
  withVersion,
} from './secrets.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'CreateSecret',
  input: z.strictObject({
    Name: z
      .string()
      .min(1)
      .max(512)
      .regex(/^[\w/+=.@-]+$/),
    ClientRequestToken: ClientRequestToken.optional(),
    Description: z.string().max(2048).optional(),
    KmsKeyId: z.string().max(2048).optional(),
    SecretString: SecretString.optional(),
    SecretBinary: SecretBinary.optional(),
    Tags: Tags.default([]),
  }),
  needs: ({ Name }, platform) => [{ action: 'secretsmanager:CreateSecret', resource: arnFor(platform, Name) }],
  run: ({ Name, ClientRequestToken: id, Description, KmsKeyId, Tags: tags, ...value }, { platform }) => {
    if (findSecret(platform, Name)) {
      const message = `The operation failed because the secret ${Name} already exists.`
      throw new AwsError('ResourceExistsException', message)
    }
    const now = platform.clock.now()
    const suffix = randomBytes(3).toString('hex')
    const empty: SecretRecord = {
      ARN: `arn:aws:secretsmanager:${platform.region}:${platform.account}:secret:${Name}-${suffix}`,
      Name,
      Description,
      KmsKeyId,
      Tags: tags,
      created: now,
      changed: now,
      versions: [],
    }
    const hasValue = value.SecretString !== undefined || value.SecretBinary !== undefined
    const secret = hasValue ? withVersion(empty, value, { id, stages: ['AWSCURRENT'], now }) : empty
    secretsOf(platform).put(Name, secret)
    return { ARN: secret.ARN, Name, VersionId: secret.versions[0]?.VersionId }
  },
})
