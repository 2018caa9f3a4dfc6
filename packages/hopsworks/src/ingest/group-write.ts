import type { FeatureGroup, Hopsworks } from '../management/index.ts'
import type { RetryPolicy } from '../retry.ts'
import type { EncodeRow } from './avro/row-encoder.ts'
import { eachRow } from './each-row.ts'
import type { Rows } from './each-row.ts'
import { HeldRows } from './held-rows.ts'
import type { Cluster } from './kafka/cluster.ts'
import { recordHeaders } from './kafka/record-headers.ts'
import type { Ledger } from './ledger.ts'
import { Producer } from './producer.ts'
import { Progress } from './progress.ts'
import { failOnRefusal, RowIntake, tooLarge } from './row-intake.ts'
import type { Refuse } from './row-intake.ts'
import type { Session } from './session.ts'
import type { Values } from '../value.ts'

/** What a write did. */
export interface Written {
  /** Messages that all in-sync replicas have: one for each row, those of an earlier run of the ledger included. */
  readonly rows: number
  /** By what to ask the online store how far it is; null where nothing goes online. */
  readonly ingestion: { readonly featureGroupId: number; readonly id: number; readonly rows: number } | null
}

export interface WriteOptions {
  readonly signal?: AbortSignal
  /** Takes the rows that cannot be written, for a quarantine; without it the first of them fails the write. */
  readonly refuse?: Refuse
  /** Makes the write one that a repeated run takes up where this one left it. */
  readonly ledger?: Ledger
}

export type OnlineIngestions = Pick<Hopsworks['onlineIngestions'], 'start'>

/** What is written to: the same for all writes of a writer. */
export interface WriteTarget {
  readonly group: FeatureGroup
  /** Headers that every message has. */
  readonly ids: Readonly<Record<string, string>>
  readonly encode: EncodeRow
  readonly keyOf: (row: Values) => string
  readonly cluster: Cluster
  readonly partitions: number
  readonly retry: RetryPolicy
  readonly maxRecordBytes: number
}

/** One write to a group. */
export class GroupWrite {
  readonly #target: WriteTarget
  readonly #ingestions: OnlineIngestions
  readonly #options: WriteOptions
  readonly #progress: Progress | undefined
  readonly #intake: RowIntake
  readonly #producer: Producer
  readonly #newest = new HeldRows()
  /** Announced, and then refused by the broker. */
  #neverOnline = 0

  private constructor(
    target: WriteTarget,
    ingestions: OnlineIngestions,
    session: Session,
    options: WriteOptions,
    progress: Progress | undefined,
  ) {
    const refuse = options.refuse ?? failOnRefusal
    this.#target = target
    this.#ingestions = ingestions
    this.#options = options
    this.#progress = progress
    this.#intake = new RowIntake({ ...target, refuse })
    this.#producer = new Producer({
      ...target,
      session,
      progress,
      signal: options.signal,
      refuse: ({ key, place }, valueBytes) => {
        if (this.#newest.get(key)?.place === place) this.#neverOnline += 1
        refuse({ index: place, error: tooLarge(valueBytes) })
      },
    })
  }

  static async open(
    target: WriteTarget,
    ingestions: OnlineIngestions,
    session: Session,
    options: WriteOptions,
  ): Promise<GroupWrite> {
    const progress = options.ledger && (await Progress.open(options.ledger, target.group.id, target.partitions))
    return new GroupWrite(target, ingestions, session, options, progress)
  }

  get session(): Session {
    return this.#producer.session
  }

  write(rows: Rows): Promise<Written> {
    return this.#target.group.onlineEnabled ? this.#writeBoth(rows) : this.#writeOffline(rows)
  }

  async #writeOffline(rows: Rows): Promise<Written> {
    const headers = recordHeaders(this.#target.ids)
    await eachRow(rows, (row, index) => {
      const taken = this.#intake.take(row, headers, index)
      return taken && this.#producer.add(taken.key, taken.value, taken.valueBytes, headers, index)
    })
    await this.#producer.flush()
    return { rows: this.#producer.acknowledged, ingestion: null }
  }

  async #writeBoth(rows: Rows): Promise<Written> {
    const { ids, group } = this.#target
    const timeOf = eventTime(group.eventTime ?? null)
    const newest = this.#newest
    const offlineOnly = recordHeaders({ ...ids, storage: 'offline' })
    const largest = recordHeaders({ ...ids, onlineIngestionId: '9'.repeat(19), upsertIfNewer: '1' })
    await eachRow(rows, (row, index) => {
      const taken = this.#intake.take(row, largest, index)
      if (!taken) return undefined
      const { key, value, valueBytes } = taken
      const older = newest.add(key, {
        time: timeOf(row),
        value: Buffer.from(value.subarray(0, valueBytes)),
        place: index,
      })
      return older && this.#producer.add(key, older.value, older.value.length, offlineOnly, older.place)
    })
    if (newest.size === 0) return { rows: 0, ingestion: null }
    const id = await this.#announce(newest.size)
    const both = recordHeaders({ ...ids, onlineIngestionId: String(id), upsertIfNewer: '1' })
    for (const [key, { value, place }] of newest.entries()) {
      const wait = this.#producer.add(key, value, value.length, both, place)
      if (wait) await wait
    }
    await this.#producer.flush()
    const ingestion = { featureGroupId: group.id, id, rows: newest.size - this.#neverOnline }
    return { rows: this.#producer.acknowledged, ingestion }
  }

  /** A repeated run counts its rows under the id of the run before. */
  async #announce(rows: number): Promise<number> {
    const known = this.#progress?.ingestion
    if (known?.rows === rows) return known.id
    const { id } = await this.#ingestions.start(this.#target.group.id, rows, this.#options.signal)
    this.#progress?.announce({ id, rows })
    return id
  }
}

function eventTime(column: string | null): (row: Values) => bigint | number {
  return (row) => {
    const time = column === null ? null : row[column]
    if (typeof time === 'string') return Date.parse(time) // a date
    return typeof time === 'bigint' || typeof time === 'number' ? time : -Infinity
  }
}
