import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'

export default defineOperation({
  service: 'sts',
  name: 'GetCallerIdentity',
  input: z.strictObject({}),
  needs: () => [],
  run: (_input, { principal, platform }) => ({
    UserId: principal.kind === 'root' ? platform.account : `${principal.roleArn}:${principal.arn.split('/').at(-1)}`,
    Account: platform.account,
    Arn: principal.arn,
  }),
})
