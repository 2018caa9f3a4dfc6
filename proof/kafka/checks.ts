import assert from 'node:assert/strict'
import type { LedgerEntry } from '@hopline/hopsworks/ingest'
import type { Found } from './peer.ts'

/** Each partition begins with exactly the messages that were acknowledged, in the order in which they were given. */
export function nothingAcknowledgedIsLost(found: Found, entry: LedgerEntry | null): void {
  assert(entry, 'nothing was acknowledged')
  for (const [partition, { messages, digest }] of entry.partitions.entries()) {
    const there = found.partitions[partition]
    assert(there && there.messages >= messages, `partition ${partition} lacks acknowledged messages`)
    assert.equal(there.marked, digest, `partition ${partition} differs from what was acknowledged`)
  }
}

/** Every row is there once, those of a key in their order. */
export function everyRowOnce(found: Found, rows: number, keys: number): void {
  const total = found.partitions.reduce((sum, { messages }) => sum + messages, 0)
  assert.equal(total, rows, 'messages in the topic')
  everyRow(found, rows, keys)
  for (const [key, numbers] of Object.entries(found.keys)) {
    assert.deepEqual(numbers, [...numbers.keys()], `key ${key} is out of order`)
  }
}

/** Every row is there, and of each key the newest one comes last, also where some came twice. */
export function everyRow(found: Found, rows: number, keys: number): void {
  for (let key = 0; key < Math.min(keys, rows); key += 1) {
    const numbers = found.keys[key] ?? []
    const wanted = Math.floor((rows - 1 - key) / keys) + 1
    const first = [...new Set(numbers)]
    assert.deepEqual(first, [...Array(wanted).keys()], `key ${key} lacks rows or is out of order`)
    assert.equal(numbers.at(-1), wanted - 1, `the newest row of key ${key} is not the last`)
  }
}

/** How a write failed, and after how long. */
export async function failure(work: Promise<unknown>) {
  const since = performance.now()
  const error: unknown = await work.then(
    () => assert.fail('it did not fail'),
    (thrown: unknown) => thrown,
  )
  assert(error instanceof Error && 'code' in error && 'retryable' in error, `no typed error: ${String(error)}`)
  return {
    name: error.name,
    code: error.code,
    message: error.message,
    retryable: error.retryable,
    ms: performance.now() - since,
  }
}
