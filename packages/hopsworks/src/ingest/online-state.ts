import { setTimeout as sleep } from 'node:timers/promises'
import type { Hopsworks } from '../management/index.ts'
import type { Written } from './group-write.ts'

/** How far the online store is with the rows of a write. */
export interface OnlineState {
  /** pending: some rows are still to come. failed: all are dealt with, and some could not be written. */
  readonly state: 'applied' | 'failed' | 'pending'
  /** That were announced. */
  readonly rows: number
  /** That the online store has dealt with, whatever became of them. */
  readonly done: number
  readonly failed: number
}

type Ingestion = NonNullable<Written['ingestion']>

/** Asks once. A write that Hopsworks has pruned is long done. */
export async function onlineState(
  hopsworks: Pick<Hopsworks, 'onlineIngestions'>,
  { featureGroupId, id, rows }: Ingestion,
  signal?: AbortSignal,
): Promise<OnlineState> {
  const found = await hopsworks.onlineIngestions.get(featureGroupId, id, signal)
  const { done, failed } = found ?? { done: rows, failed: 0 }
  return { state: done < rows ? 'pending' : failed > 0 ? 'failed' : 'applied', rows, done, failed }
}

export interface WaitOptions {
  /** Then what is known is returned, pending; 60,000 by default. */
  readonly timeoutMs?: number
  /** Between two questions; 1,000 by default. */
  readonly periodMs?: number
  readonly signal?: AbortSignal
}

/** Asks until the online store has dealt with every row of a write, or the time is up. */
export async function waitForOnline(
  hopsworks: Pick<Hopsworks, 'onlineIngestions'>,
  ingestion: Ingestion,
  { timeoutMs = 60_000, periodMs = 1_000, signal }: WaitOptions = {},
): Promise<OnlineState> {
  const until = performance.now() + timeoutMs
  for (;;) {
    const now = await onlineState(hopsworks, ingestion, signal)
    if (now.state !== 'pending' || performance.now() + periodMs > until) return now
    await sleep(periodMs, undefined, signal && { signal })
  }
}
