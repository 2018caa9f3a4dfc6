import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'
import type { Deployment } from './deployment.ts'

interface Described {
  readonly MetricAlarms: readonly { readonly AlarmName: string; readonly StateValue: string }[]
}

/** What keeps a deployment from going on: alarms in ALARM, or alarms that cannot be looked at. Undefined if nothing. */
export const firingAlarms = async (platform: Platform, { deploymentConfig, variants }: Deployment) => {
  const names = deploymentConfig?.AutoRollbackConfiguration?.Alarms?.map(({ AlarmName }) => AlarmName) ?? []
  const [variant] = variants
  if (names.length === 0 || variant === undefined) return undefined
  const { MetricAlarms } = await platform.call<Described>(
    'monitoring',
    'DescribeAlarms',
    { AlarmNames: names },
    roleSession(variant.roleArn, 'SageMaker'),
  )
  const missing = names.filter((name) => MetricAlarms.every(({ AlarmName }) => AlarmName !== name))
  if (missing.length > 0) return `One or more configured alarm(s) could not be found: [${missing.join(', ')}].`
  const firing = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM').map(({ AlarmName }) => AlarmName)
  if (firing.length > 0) return `One or more configured alarm(s) went into ALARM state: [${firing.join(', ')}].`
  return undefined
}
