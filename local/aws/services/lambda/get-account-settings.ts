import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { accountConcurrency, unreservedConcurrency } from './concurrency.ts'
import { versionsTable } from './functions.ts'

const bytes = { all: 80_530_636_800, unzipped: 262_144_000, zipped: 52_428_800 }

export default defineOperation({
  service: 'lambda',
  name: 'GetAccountSettings',
  route: { method: 'GET', path: '/2016-08-19/account-settings' },
  input: z.strictObject({}),
  needs: () => [{ action: 'lambda:GetAccountSettings', resource: '*' }],
  run(_, { platform }) {
    const versions = versionsTable(platform).list()
    return {
      AccountLimit: {
        TotalCodeSize: bytes.all,
        CodeSizeUnzipped: bytes.unzipped,
        CodeSizeZipped: bytes.zipped,
        ConcurrentExecutions: accountConcurrency.all,
        UnreservedConcurrentExecutions: unreservedConcurrency(platform),
      },
      AccountUsage: {
        TotalCodeSize: versions.reduce((sum, { value }) => sum + value.CodeSize, 0),
        FunctionCount: new Set(versions.map(({ value }) => value.FunctionName)).size,
      },
    }
  },
})
