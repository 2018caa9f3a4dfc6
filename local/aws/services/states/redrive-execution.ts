import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { execution } from './executions/execution.ts'
import { historyOf } from './executions/history.ts'
import { redriveStatus } from './executions/redrive-status.ts'
import { redrive } from './executions/redrive.ts'
import { arnInput } from './names.ts'

/** AWS goes on with no history that has as many events. */
const longestHistory = 24_999

const refusal = (why = '') => new AwsError('ExecutionNotRedrivable', `Execution Not Redrivable: '${why}'`)

/** Goes on with an execution that failed, timed out or was stopped, from the state in which it stood. */
export default defineOperation({
  service: 'states',
  name: 'RedriveExecution',
  input: z.strictObject({ executionArn: arnInput, clientToken: z.string().min(1).max(64).optional() }),
  needs: ({ executionArn }) => [{ action: 'states:RedriveExecution', resource: executionArn }],
  run: ({ executionArn }, { platform }) => {
    const record = execution(platform, executionArn)
    const { redriveStatus: status, redriveStatusReason: reason } = redriveStatus(platform, record)
    if (status === 'NOT_REDRIVABLE') throw refusal(reason)
    if (status === 'REDRIVABLE_BY_MAP_RUN') throw refusal('The execution is redriven with its Map Run')
    const events = historyOf(platform, record.key).at(-1)?.id ?? 0
    if (events >= longestHistory) throw refusal(`Execution history has ${events} events and cannot be redriven`)
    return { redriveDate: new Date(redrive(platform, record.key).redrivenAt) }
  },
})
