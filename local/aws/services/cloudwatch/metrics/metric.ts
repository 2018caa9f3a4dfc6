import * as z from 'zod'

export const name = z.string().min(1).max(255)

export const namespace = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^:].*$/)

export const dimensions = z
  .array(z.strictObject({ Name: z.string().min(1).max(255), Value: z.string().min(1).max(1024) }))
  .max(30)

export const units = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
  'Gigabits',
  'Terabits',
  'Percent',
  'Count',
  'Bytes/Second',
  'Kilobytes/Second',
  'Megabytes/Second',
  'Gigabytes/Second',
  'Terabytes/Second',
  'Bits/Second',
  'Kilobits/Second',
  'Megabits/Second',
  'Gigabits/Second',
  'Terabits/Second',
  'Count/Second',
  'None',
] as const

export const unit = z.enum(units)
export type Unit = z.infer<typeof unit>

/** One series of numbers: its dimensions are part of its name. */
export interface Metric {
  readonly Namespace: string
  readonly MetricName: string
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[]
}

/** The same text for the same metric, whatever the order of its dimensions. */
export const metricId = ({ Namespace, MetricName, Dimensions }: Metric) =>
  JSON.stringify([
    Namespace,
    MetricName,
    ...Dimensions.map(({ Name, Value }) => [Name, Value]).toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  ])
