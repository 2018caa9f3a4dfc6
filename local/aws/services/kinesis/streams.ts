import * as z from 'zod'
import type { Permission } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'
import { invalidArgument, inUse, notFound } from './kinesis-error.ts'
import { removeRecords } from './records.ts'
import type { Shard } from './shards.ts'

/** A stream as it is kept. */
export interface Stream {
  readonly name: string
  readonly arn: string
  /** Milliseconds since 1970. */
  readonly created: number
  readonly mode: 'PROVISIONED' | 'ON_DEMAND'
  readonly retentionHours: number
  readonly maxRecordKiB: number
  readonly shards: readonly Shard[]
  readonly tags: Readonly<Record<string, string>>
  /** Encryption at rest, as far as the API tells. */
  readonly keyId?: string | undefined
  /** What it is going through, until when. */
  readonly transition?: { readonly status: 'CREATING' | 'UPDATING' | 'DELETING'; readonly until: number } | undefined
}

const name = z.string().regex(/^[a-zA-Z0-9_.-]{1,128}$/)

/** A request's stream: by name or by ARN. */
export const streamInput = {
  StreamName: name.optional(),
  StreamARN: z.string().optional(),
  StreamId: z.string().optional(),
}
export const streamName = name
export type StreamReference = z.infer<z.ZodObject<typeof streamInput>>

const transitionMs = 10_000

export const streams = ({ store }: Pick<Platform, 'store'>): Table<Stream> => store.table('kinesis.streams')

export const streamArn = ({ region, account }: Platform, stream: string): string =>
  `arn:aws:kinesis:${region}:${account}:stream/${stream}`

const nameIn = ({ StreamName, StreamARN }: StreamReference): string => {
  const [, inArn] = /^arn:[^:]+:kinesis:[^:]+:\d{12}:stream\/(.+)$/.exec(StreamARN ?? '') ?? []
  const found = inArn ?? StreamName
  if (found === undefined) throw invalidArgument('Either a StreamName or a valid StreamARN is required.')
  return found
}

export const permissions = (platform: Platform, action: string, reference: StreamReference): Permission[] => [
  { action: `kinesis:${action}`, resource: streamArn(platform, nameIn(reference)) },
]

/** What a stream is going through for some time from now on. */
export const transition = ({ clock }: Platform, status: 'CREATING' | 'UPDATING' | 'DELETING') => ({
  status,
  until: clock.now() + clock.pace(transitionMs),
})

/** By name, or undefined; a transition that is over has ended. */
export const findStream = (platform: Platform, stream: string): Stream | undefined => {
  const kept = streams(platform).get(stream)
  if (!kept?.transition || kept.transition.until > platform.clock.now()) return kept
  if (kept.transition.status === 'DELETING') {
    removeRecords(platform, stream)
    streams(platform).delete(stream)
    return undefined
  }
  const { transition: _, ...settled } = kept
  streams(platform).put(stream, settled)
  return settled
}

/** The stream of a request, or ResourceNotFoundException. */
export const existingStream = (platform: Platform, reference: StreamReference): Stream => {
  const wanted = nameIn(reference)
  const found = findStream(platform, wanted)
  if (!found) throw notFound(`Stream ${wanted} under account ${platform.account} not found.`)
  return found
}

/** A stream that holds records: one that is being made or removed is not found. */
export const readyStream = (platform: Platform, reference: StreamReference): Stream => {
  const found = existingStream(platform, reference)
  if (found.transition && found.transition.status !== 'UPDATING') {
    throw notFound(`Stream ${found.name} under account ${platform.account} not found.`)
  }
  return found
}

/** A stream that may be changed, or ResourceInUseException. */
export const activeStream = (platform: Platform, reference: StreamReference): Stream => {
  const found = existingStream(platform, reference)
  if (found.transition) {
    throw inUse(
      `Stream ${found.name} under account ${platform.account} not ACTIVE, instead in state ${found.transition.status}`,
    )
  }
  return found
}

export const statusOf = ({ transition: now }: Stream): string => now?.status ?? 'ACTIVE'
