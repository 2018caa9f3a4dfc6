import * as z from 'zod'
import { isRecord } from './is-record.ts'
import type { Platform } from './platform.ts'

const metadata = z.object({
  Timestamp: z.number().optional(),
  CloudWatchMetrics: z.array(
    z.object({
      Namespace: z.string(),
      Dimensions: z.array(z.array(z.string())).default([[]]),
      Metrics: z.array(
        z.object({ Name: z.string(), Unit: z.string().optional(), StorageResolution: z.number().optional() }),
      ),
    }),
  ),
})

/** The metrics of a log line in CloudWatch's embedded metric format, as inputs of PutMetricData; none in other lines. */
export const embeddedMetrics = (line: string) => {
  if (!line.includes('"CloudWatchMetrics"')) return []
  let members: unknown
  try {
    members = JSON.parse(line)
  } catch {
    return []
  }
  if (!isRecord(members)) return []
  const { success, data } = metadata.safeParse(members['_aws'])
  if (!success) return []
  const numbersOf = (name: string) => [members[name]].flat().filter((value) => typeof value === 'number')
  return data.CloudWatchMetrics.map(({ Namespace, Dimensions, Metrics }) => ({
    Namespace,
    MetricData: Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name, Unit, StorageResolution }) => {
        const Values = numbersOf(Name)
        if (Values.length === 0) return []
        return {
          MetricName: Name,
          Dimensions: names.map((dimension) => ({ Name: dimension, Value: String(members[dimension]) })),
          Values,
          Unit,
          StorageResolution,
          Timestamp: data.Timestamp === undefined ? undefined : data.Timestamp / 1000,
        }
      }),
    ),
  })).filter(({ MetricData }) => MetricData.length > 0)
}

const logs = { kind: 'service', arn: 'logs.amazonaws.com' } as const

/** Puts the metrics of log lines; a line whose metrics CloudWatch refuses is a line all the same. */
export const putEmbeddedMetrics = (platform: Platform, lines: readonly string[]) => {
  if (!platform.operation('monitoring', 'PutMetricData')) return
  for (const input of lines.flatMap(embeddedMetrics)) {
    platform.call('monitoring', 'PutMetricData', input, logs).catch((error: unknown) => {
      platform.log('cloudwatch', 'embedded metrics were refused', { namespace: input.Namespace, cause: String(error) })
    })
  }
}
