import { openWriter } from '@hopline/hopsworks/ingest'
import type { Ledger, LedgerEntry, Values, WriterOptions, WriterSource } from '@hopline/hopsworks/ingest'

const nullable = (name: string, type: unknown) => ({ name, type: ['null', type] })

/** The schema of the rows that `flow` makes. */
export const flowSchema = JSON.stringify({
  type: 'record',
  name: 'flow_1',
  fields: [nullable('id', 'long'), nullable('seq', 'long'), nullable('note', 'string')],
})

/** Certificates in memory, as Hopsworks hands them out. */
export interface Pems {
  readonly caChain: string
  readonly clientCert: string
  readonly clientKey: string
}

export interface TopicSettings {
  readonly topic: string
  readonly bootstrap: string
  readonly schema?: string
  readonly online?: boolean
  readonly protocol?: string
  readonly credentials: () => Pems
}

/** What Hopsworks would say of a feature group whose rows go through a topic. */
const sourceOf = (settings: TopicSettings): WriterSource => ({
  projectId: 119,
  server: async () => ({ version: '5.2.1', heedsRowHeaders: true }),
  featureGroups: {
    get: async (name, version) => ({
      id: 1001,
      name,
      version,
      featurestoreId: 67,
      onlineEnabled: settings.online ?? false,
      onlineTopicName: settings.topic,
      eventTime: null,
      features: [{ name: 'id', type: 'bigint', primary: true }],
    }),
  },
  subjects: { latest: async () => ({ id: 1025, version: 1, schema: settings.schema ?? flowSchema }) },
  kafkaConnector: async () => ({
    bootstrapServers: settings.bootstrap.split(','),
    securityProtocol: settings.protocol ?? 'SSL',
    sslEndpointIdentificationAlgorithm: '',
    externalKafka: false,
    options: [],
  }),
  credentials: async () => settings.credentials(),
  onlineIngestions: { start: async (_group, rows) => ({ id: 7, rows, done: 0, failed: 0 }) },
})

export const openTopic = (settings: TopicSettings, options: WriterOptions = {}) =>
  openWriter(sourceOf(settings), 'flow', 1, options)

/** The rows `0 … count − 1`: of every key the numbers 0, 1, 2 … in this order. */
export const rowAt = (index: number, keys: number): Values => ({
  id: index % keys,
  seq: Math.floor(index / keys),
  note: String(index).padStart(200, '·'),
})

/** Rows without haste, 8,000 a second at most, for as long as `more` says. */
export async function* flow(keys: number, more: (index: number) => boolean): AsyncGenerator<Values> {
  for (let index = 0; more(index); index += 1) {
    if (index % 200 === 0) await new Promise((resolve) => setTimeout(resolve, 25))
    yield rowAt(index, keys)
  }
}

export interface WatchedLedger extends Ledger {
  readonly entry: LedgerEntry | null
  /** Resolves when so many messages are acknowledged. */
  reached(messages: number): Promise<void>
}

/** A ledger in memory that tells how far a write is. */
export function watchedLedger(): WatchedLedger {
  let entry: LedgerEntry | null = null
  const waiting: { messages: number; resolve: () => void }[] = []
  return {
    get entry() {
      return entry
    },
    read: async () => entry,
    async save(next) {
      entry = next
      const total = acknowledged(next)
      for (const { messages, resolve } of waiting) if (total >= messages) resolve()
    },
    reached: (messages) => new Promise((resolve) => waiting.push({ messages, resolve })),
  }
}

export const acknowledged = (entry: LedgerEntry | null): number =>
  entry?.partitions.reduce((sum, { messages }) => sum + messages, 0) ?? 0
