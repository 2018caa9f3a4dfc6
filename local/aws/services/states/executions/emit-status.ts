import type { Platform } from '../../../core/platform.ts'
import { execution } from './execution.ts'

/** Tells the bus in which status an execution is now. */
export const emitStatus = (platform: Platform, arn: string): void => {
  const { machineArn, name, status, startedAt, stoppedAt, input, output, error, cause } = execution(platform, arn)
  platform.emit({
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [arn],
    detail: {
      executionArn: arn,
      stateMachineArn: machineArn,
      name,
      status,
      startDate: startedAt,
      stopDate: stoppedAt ?? null,
      input,
      output: output ?? null,
      inputDetails: { included: true },
      outputDetails: output === undefined ? null : { included: true },
      error: error ?? null,
      cause: cause ?? null,
      redriveCount: 0,
      redriveDate: null,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Executions are not redriven here',
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
    },
  })
}
