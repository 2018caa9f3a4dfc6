import { HopsworksMismatch, HopsworksNotFound } from '../errors.ts'
import type { FeatureGroup, Hopsworks } from '../management/index.ts'
import { defaultRetry, withRetries } from '../retry.ts'
import type { RetryPolicy } from '../retry.ts'
import { rowEncoder } from './avro.ts'
import { Cluster } from './kafka/cluster.ts'
import { recordHeaders } from './kafka/record-batch.ts'
import { messageKey } from './message-key.ts'
import { NewestByKey } from './newest-by-key.ts'
import { Producer } from './producer.ts'
import { RowSink } from './row-sink.ts'
import { securityOf } from './security.ts'
import type { Values } from './values.ts'

/** What a write did. */
export interface Written {
  /** Messages that all in-sync replicas acknowledged: one for each row. */
  readonly rows: number
  /** By what to ask the online store how far it is; null where nothing goes online. */
  readonly ingestion: { readonly featureGroupId: number; readonly id: number; readonly rows: number } | null
}

export interface GroupWriter {
  readonly group: FeatureGroup
  /**
   * Writes rows to the group. Of an online group the newest row of each key (by event time; of equal ones the last) goes
   * to both stores, with `upsertIfNewer`; older ones go to the offline store only. Resolves when Kafka has acknowledged
   * everything; the stores follow (`onlineIngestions.get`, the materialisation job). After a failure some rows may be
   * written; writing the same rows again is safe, both stores upsert by key.
   * @throws HopsworksBadRow for a row that the schema cannot hold, HopsworksKafkaError when retries are used up
   */
  write(rows: Iterable<Values>): Promise<Written>
  close(): Promise<void>
}

export interface WriterOptions {
  /** For connecting to a broker, and for each of its replies; 10,000 by default. */
  readonly timeoutMs?: number
  readonly retry?: RetryPolicy
}

/**
 * A writer of one stored feature group: reads the group, its schema and Kafka's address, then speaks Kafka itself.
 * Certificates are fetched once and kept in memory. Reuse it; close it when done.
 */
export async function openWriter(
  hopsworks: Hopsworks,
  name: string,
  version: number,
  { timeoutMs = 10_000, retry = defaultRetry }: WriterOptions = {},
): Promise<GroupWriter> {
  const [group, subject, connector] = await Promise.all([
    hopsworks.featureGroups.get(name, version),
    hopsworks.subjects.latest({ name, version }),
    hopsworks.kafkaConnector(),
  ])
  if (!group) throw new HopsworksNotFound(`No feature group ${name} version ${version}`, { code: 270009 })
  const topic = group.onlineTopicName
  if (!topic)
    throw new HopsworksMismatch(`Feature group ${name} version ${version} has no topic: it is no stream group`)
  const cluster = new Cluster({
    bootstrap: connector.bootstrapServers,
    topic,
    security: () => securityOf(connector, () => hopsworks.credentials()),
    timeoutMs,
  })
  const { id: featureGroupId, eventTime = null } = group
  const encode = rowEncoder(subject.schema)
  const keyOf = messageKey(group.features.filter(({ primary }) => primary))
  const common = {
    projectId: String(hopsworks.projectId),
    featureGroupId: String(group.id),
    subjectId: String(subject.id),
  }
  const openSink = async () => {
    const partitions = await withRetries(retry, () => cluster.partitions())
    return new RowSink(new Producer(cluster, partitions, retry), encode)
  }

  async function writeOffline(rows: Iterable<Values>): Promise<Written> {
    const sink = await openSink()
    const headers = recordHeaders(common)
    for (const row of rows) {
      const wait = sink.put(keyOf(row), row, headers)
      if (wait) await wait
    }
    await sink.flush()
    return { rows: sink.rows, ingestion: null }
  }

  async function writeBoth(rows: Iterable<Values>): Promise<Written> {
    const sink = await openSink()
    const newest = new NewestByKey(eventTime)
    const offlineOnly = recordHeaders({ ...common, storage: 'offline' })
    for (const row of rows) {
      const key = keyOf(row)
      const older = newest.add(key, row)
      const wait = older && sink.put(key, older, offlineOnly)
      if (wait) await wait
    }
    if (newest.size === 0) return { rows: 0, ingestion: null }
    const { id } = await hopsworks.onlineIngestions.start(featureGroupId, newest.size)
    const both = recordHeaders({ ...common, onlineIngestionId: String(id), upsertIfNewer: '1' })
    for (const [key, row] of newest.entries()) {
      const wait = sink.put(key, row, both)
      if (wait) await wait
    }
    await sink.flush()
    return { rows: sink.rows, ingestion: { featureGroupId, id, rows: newest.size } }
  }

  return { group, write: group.onlineEnabled ? writeBoth : writeOffline, close: () => cluster.close() }
}
