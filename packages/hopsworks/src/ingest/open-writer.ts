import { HopsworksMismatch, HopsworksNotFound } from '../errors.ts'
import type { FeatureGroup, Hopsworks, Server } from '../management/index.ts'
import { defaultRetry, withRetries } from '../retry.ts'
import type { RetryPolicy } from '../retry.ts'
import { rowEncoder } from './avro/row-encoder.ts'
import type { Rows } from './each-row.ts'
import { GroupWrite } from './group-write.ts'
import type { OnlineIngestions, WriteOptions, Written } from './group-write.ts'
import { BrokerPool } from './kafka/broker-pool.ts'
import { Cluster } from './kafka/cluster.ts'
import { parseBroker } from './kafka/parse-broker.ts'
import { messageKey } from './message-key.ts'
import { checkRemovable, removeRows } from './remove-rows.ts'
import type { RemoveOptions } from './remove-rows.ts'
import { securityOf } from './security.ts'
import type { KafkaAccess } from './security.ts'
import { Session } from './session.ts'
import type { Values } from '../value.ts'

/** A writer of one stored feature group. Writes may overlap, each in a session of its own. */
export interface GroupWriter {
  readonly group: FeatureGroup
  /**
   * Writes rows to the group. Of an online group the newest row of each key (by event time; of equal ones the last) goes
   * to both stores, with `upsertIfNewer`; older ones go to the offline store only. Resolves when Kafka has acknowledged
   * everything; the stores follow (`waitForOnline`, the materialisation job). Batches take 32 MiB at most; of an online
   * group the newest row of each key is held besides, until all rows are read. After a failure some rows may be
   * written; writing the same rows again is safe, both stores upsert by key.
   * @throws HopsworksBadRow for a row that the group cannot hold, unless `refuse` takes it
   * @throws HopsworksKafkaError when a batch is refused for good, or its retries are used up
   */
  write(rows: Rows, options?: WriteOptions): Promise<Written>
  /**
   * Removes the rows of these keys (their primary key columns count, all else is ignored) from the online store; the
   * offline store keeps them, as history. Resolves when Kafka has acknowledged everything; removed rows count as done
   * (`waitForOnline`). A row that is written later is there again.
   * @throws HopsworksMismatch where the group is not online, or the server is older than 5.0
   */
  remove(keys: readonly Values[], options?: RemoveOptions): Promise<Written>
  close(): Promise<void>
}

export interface WriterOptions {
  /** For connecting to a broker, and for each of its replies; 10,000 by default. */
  readonly timeoutMs?: number
  /** For each batch, of errors that may pass. */
  readonly retry?: RetryPolicy
  /** Of an external Kafka. */
  readonly kafka?: KafkaAccess
  /** Ends the opening; a write takes its own. */
  readonly signal?: AbortSignal
  /** The largest message, with what Kafka adds; 1,000,000 by default, as brokers take 1,048,588. */
  readonly maxRecordBytes?: number
}

/** What a writer asks of the management API. */
export interface WriterSource extends Pick<Hopsworks, 'projectId' | 'kafkaConnector' | 'credentials'> {
  readonly featureGroups: Pick<Hopsworks['featureGroups'], 'get'>
  readonly subjects: Pick<Hopsworks['subjects'], 'latest'>
  readonly onlineIngestions: OnlineIngestions
  readonly server: (signal?: AbortSignal) => Promise<Pick<Server, 'version' | 'heedsRowHeaders'>>
}

/**
 * Reads the group, its schema and Kafka's address; then speaks Kafka itself. Certificates are fetched once and kept in
 * memory. Reuse the writer; close it when done.
 */
export async function openWriter(
  hopsworks: WriterSource,
  name: string,
  version: number,
  { timeoutMs = 10_000, retry = defaultRetry, kafka = {}, maxRecordBytes = 1_000_000, signal }: WriterOptions = {},
): Promise<GroupWriter> {
  const [group, subject, connector] = await Promise.all([
    hopsworks.featureGroups.get(name, version, signal),
    hopsworks.subjects.latest({ name, version }, signal),
    hopsworks.kafkaConnector(signal),
  ])
  if (!group) throw new HopsworksNotFound(`No feature group ${name} version ${version}`, { code: 270009 })
  const topic = group.onlineTopicName
  if (!topic)
    throw new HopsworksMismatch(`Feature group ${name} version ${version} has no topic: it is no stream group`)
  const pool = new BrokerPool(() => securityOf(connector, () => hopsworks.credentials(), kafka), timeoutMs)
  const cluster = new Cluster({ pool, bootstrap: connector.bootstrapServers.map(parseBroker), topic, timeoutMs })
  const encode = rowEncoder(subject.schema)
  const keyOf = messageKey(group.features.filter(({ primary }) => primary))
  const ids = {
    projectId: String(hopsworks.projectId),
    featureGroupId: String(group.id),
    subjectId: String(subject.id),
  }
  const target = { group, ids, encode, keyOf, cluster, retry, maxRecordBytes }
  const idle: Session[] = []

  const partitionsOf = (signal: AbortSignal | undefined) => withRetries(retry, () => cluster.partitions(), { signal })
  const identified = async (signal: AbortSignal | undefined) =>
    idle.pop() ?? new Session(await withRetries(retry, () => cluster.identify(), { signal }))

  async function write(rows: Rows, options: WriteOptions = {}): Promise<Written> {
    const { signal } = options
    signal?.throwIfAborted()
    const partitions = await partitionsOf(signal)
    const session = await identified(signal)
    const groupWrite = await GroupWrite.open({ ...target, partitions }, hopsworks.onlineIngestions, session, options)
    const written = await groupWrite.write(rows)
    idle.push(groupWrite.session) // only where nothing failed: else it is unknown how far its sequences are
    return written
  }

  async function remove(keys: readonly Values[], options: RemoveOptions = {}): Promise<Written> {
    const { signal } = options
    signal?.throwIfAborted()
    await checkRemovable(target.group, hopsworks.server, signal)
    const whole = { ...target, partitions: await partitionsOf(signal) }
    const session = await identified(signal)
    const removed = await removeRows(whole, hopsworks.onlineIngestions, session, keys, options)
    idle.push(removed.session)
    return removed.written
  }

  return { group, write, remove, close: () => pool.close() }
}
