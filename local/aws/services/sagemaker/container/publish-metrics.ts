import { statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'

/** Whose instance it is: its dimensions, and the role with whose rights it publishes. */
export interface Instance {
  readonly kind: 'Endpoints' | 'ProcessingJobs' | 'TrainingJobs' | 'TransformJobs'
  readonly dimensions: Readonly<Record<string, string>>
  readonly roleArn: string
  readonly session: string
}

const percent = (free: number, all: number) => Math.round((1 - free / all) * 10_000) / 100

/** Publishes how full an instance is as it starts, which here is this machine. One that may not do so runs all the same. */
export const publishMetrics = async (platform: Platform, instance: Instance): Promise<void> => {
  if (!platform.operation('monitoring', 'PutMetricData')) return
  const { kind, dimensions, roleArn, session } = instance
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
  const { bavail, blocks } = await statfs(platform.stateDir)
  const values = { MemoryUtilization: percent(freemem(), totalmem()), DiskUtilization: percent(bavail, blocks) }
  const MetricData = Object.entries(values).map(([MetricName, Value]) => ({
    MetricName,
    Value,
    Unit: 'Percent',
    Dimensions,
  }))
  const request = { Namespace: `/aws/sagemaker/${kind}`, MetricData }
  await platform
    .call('monitoring', 'PutMetricData', request, roleSession(roleArn, session))
    .catch((error: unknown) =>
      platform.log('sagemaker', 'metrics of an instance are not published', { ...dimensions, cause: String(error) }),
    )
}
