import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { roleNameOf, rolesOf } from '../../core/policy/role-record.ts'
import { accountKeys, sessionArn, sessionCredentials } from '../../core/signing/account-keys.ts'

export default defineOperation({
  service: 'sts',
  name: 'AssumeRole',
  input: z.strictObject({
    RoleArn: z.string().min(20).max(2048),
    RoleSessionName: z
      .string()
      .min(2)
      .max(64)
      .regex(/^[\w+=,.@-]*$/),
    DurationSeconds: z.int().min(900).max(43_200).default(3600),
    ExternalId: z.string().optional(),
  }),
  needs: ({ RoleArn, RoleSessionName, ExternalId }) => [
    {
      action: 'sts:AssumeRole',
      resource: RoleArn,
      context: {
        'sts:RoleSessionName': RoleSessionName,
        ...(ExternalId !== undefined && { 'sts:ExternalId': ExternalId }),
      },
    },
  ],
  run: ({ RoleArn, RoleSessionName, DurationSeconds }, { platform }) => {
    const { store, clock } = platform
    const role = rolesOf(store).get(roleNameOf(RoleArn))
    if (DurationSeconds > (role?.MaxSessionDuration ?? 0))
      throw new AwsError(
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      )
    const expires = clock.now() + DurationSeconds * 1000
    const { accessKeyId, secretAccessKey, sessionToken } = sessionCredentials(accountKeys(store), {
      roleArn: RoleArn,
      name: RoleSessionName,
      expires,
    })
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: new Date(expires),
      },
      AssumedRoleUser: {
        AssumedRoleId: `${role?.RoleId}:${RoleSessionName}`,
        Arn: sessionArn(RoleArn, RoleSessionName),
      },
    }
  },
})
