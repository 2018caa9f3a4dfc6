import { createHash } from 'node:crypto'
import type { Ledger, LedgerEntry } from '@hopline/hopsworks/ingest'
import { ledgerKey } from '@hopline/workflow'
import type { IngestInput, LogObject } from '@hopline/workflow'
import * as z from 'zod'
import type { Objects } from '../objects.ts'

const saveEveryMs = 1_000

const stored = z.record(
  z.string(),
  z.object({
    featureGroupId: z.int(),
    partitions: z.array(z.object({ messages: z.int(), digest: z.int() })),
    refused: z.array(z.int()),
    ingestion: z.object({ id: z.int(), rows: z.int() }).nullable(),
  }),
)

/** How far the writes of a publish are: what one that is tried again need not send once more. */
export interface Ledgers {
  /** Rows follow from the listings of the log that were seen: after another listing a write has another ledger. */
  see(objects: readonly LogObject[]): void
  of(group: string): Ledger
  /** The publish has ended: whoever repeats it means to send everything. */
  forget(): Promise<void>
}

/**
 * All ledgers of a run, in one object that is saved once a second at most: what was written in less is written again.
 * @param now a monotonic clock in milliseconds
 */
export const openLedgers = async (
  objects: Pick<Objects, 'list' | 'get' | 'put' | 'remove'>,
  { pipeline, group, runId }: IngestInput,
  now = () => performance.now(),
): Promise<Ledgers> => {
  const key = ledgerKey(pipeline, group, runId)
  const found = (await objects.list(key)).length > 0 ? Buffer.from(await objects.get(key)).toString() : '{}'
  const entries = new Map<string, LedgerEntry>(Object.entries(stored.parse(JSON.parse(found))))
  let savedMs = now()
  let seen = ''

  const save = async () => {
    if (now() - savedMs < saveEveryMs) return
    savedMs = now()
    await objects.put(key, JSON.stringify(Object.fromEntries(entries)), 'application/json')
  }

  return {
    see: (listing) => {
      const digest = createHash('sha256').update(seen)
      for (const { key } of listing) digest.update(key).update('\n')
      seen = digest.digest('hex')
    },
    of: (name) => {
      const id = `${name} ${seen}`
      return {
        read: async () => entries.get(id) ?? null,
        save: async (entry) => {
          entries.set(id, entry)
          await save()
        },
      }
    },
    forget: () => objects.remove(key),
  }
}
