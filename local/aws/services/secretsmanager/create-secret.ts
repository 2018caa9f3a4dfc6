import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import type { SecretRecord } from './secrets.ts'
import { arnFor, findSecret, secretsOf, Tags } from './secrets.ts'
import { hasValue, valueMembers, withVersion } from './versions.ts'

export default defineOperation({
  service: 'secretsmanager',
  name: 'CreateSecret',
  input: z.strictObject({
    ...valueMembers,
    Name: z
      .string()
      .min(1)
      .max(512)
      .regex(/^[\w/+=.@-]+$/),
    Description: z.string().max(2048).optional(),
    KmsKeyId: z.string().max(2048).optional(),
    Tags: Tags.default([]),
  }),
  needs: ({ Name }, platform) => [{ action: 'secretsmanager:CreateSecret', resource: arnFor(platform, Name) }],
  run: ({ Name, ClientRequestToken: id, Description, KmsKeyId, Tags: tags, ...value }, { platform }) => {
    const now = platform.clock.now()
    const stages = ['AWSCURRENT']
    const found = findSecret(platform, Name)
    if (found?.deleted !== undefined) {
      const message = "You can't create this secret because a secret with this name is already scheduled for deletion."
      throw new AwsError('InvalidRequestException', message)
    }
    if (found?.versions.some(({ VersionId }) => VersionId === id)) {
      const { VersionId } = withVersion(found, value, { id, stages, now })
      return { ARN: found.ARN, Name, VersionId }
    }
    if (found) {
      const message = `The operation failed because the secret ${Name} already exists.`
      throw new AwsError('ResourceExistsException', message)
    }
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
    const made = hasValue(value) ? withVersion(empty, value, { id, stages, now }) : { secret: empty }
    secretsOf(platform).put(Name, made.secret)
    return { ARN: empty.ARN, Name, ...('VersionId' in made && { VersionId: made.VersionId }) }
  },
})
