import type { PlatformEvent, Platform } from '../../core/platform.ts'

/** An event as targets get it. */
export interface EventEnvelope {
  readonly version: '0'
  readonly id: string
  readonly 'detail-type': string
  readonly source: string
  readonly account: string
  /** ISO without milliseconds. */
  readonly time: string
  readonly region: string
  readonly resources: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
}

/** Puts an event into its envelope; `time` in milliseconds since 1970. */
export const eventEnvelope = (
  { account, region }: Platform,
  { id, time, source, detailType, resources, detail }: PlatformEvent & { readonly id: string; readonly time: number },
): EventEnvelope => ({
  version: '0',
  id,
  'detail-type': detailType,
  source,
  account,
  time: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources,
  detail,
})
