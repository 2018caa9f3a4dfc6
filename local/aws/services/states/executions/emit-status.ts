import type { Platform } from '../../../core/platform.ts'
import { execution } from './execution.ts'
import { redriveStatus } from './redrive-status.ts'

/** Tells the bus in which status an execution is now. */
export const emitStatus = (platform: Platform, arn: string): void => {
  const found = execution(platform, arn)
  const { machineArn, name, status, startedAt, stoppedAt, input, output, error, cause } = found
  const { redriveStatus: redrivable, redriveStatusReason: reason } = redriveStatus(platform, found)
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
      redriveCount: found.redriveCount ?? 0,
      redriveDate: found.redrivenAt ?? null,
      redriveStatus: redrivable,
      redriveStatusReason: reason ?? null,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
    },
  })
}
