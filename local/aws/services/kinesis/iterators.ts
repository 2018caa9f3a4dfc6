import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { invalidArgument } from './kinesis-error.ts'
import { isSequence } from './sequence.ts'

/** A place in a shard: everything after `after` is still to be read. */
const place = z.strictObject({
  stream: z.string(),
  shard: z.string(),
  after: z.string().refine(isSequence),
  /** Milliseconds since 1970. */
  made: z.number(),
})
type Place = z.infer<typeof place>

const lifetimeMs = 300_000

export const iteratorAt = ({ clock }: Platform, at: Omit<Place, 'made'>): string =>
  Buffer.from(JSON.stringify({ ...at, made: clock.now() })).toString('base64')

const parsed = (iterator: string) => {
  try {
    return place.safeParse(JSON.parse(Buffer.from(iterator, 'base64').toString())).data
  } catch {
    return undefined
  }
}

const date = (ms: number) => new Date(ms).toUTCString()

/** What an iterator means; it is good for five minutes. */
export const placeOf = ({ clock }: Platform, iterator: string): Place => {
  const found = parsed(iterator)
  if (!found) throw invalidArgument('Invalid ShardIterator.')
  const now = clock.now()
  if (now - found.made <= lifetimeMs) return found
  throw new AwsError(
    'ExpiredIteratorException',
    `Iterator expired. The iterator was created at time ${date(found.made)} while right now it is ${date(now)} which is further in the future than the tolerated delay of ${lifetimeMs} milliseconds.`,
  )
}
