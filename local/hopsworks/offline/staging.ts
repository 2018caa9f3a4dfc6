import type { DuckDBAppender, DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api'
import type { ColumnType, Kind } from '../columns/column-type.ts'
import { storedType } from '../columns/column-type.ts'
import type { Value } from '../columns/value.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import { nestedToDuckDb } from './nested-duckdb.ts'
import type { OfflineStore } from './offline-store.ts'
import { quoted } from './offline-store.ts'

/** What a decoded value is appended as, and the SQL that makes the column's type of it. */
const physical: Record<
  Exclude<Kind, 'array' | 'map' | 'struct'>,
  { type: string; cast: (column: string) => string }
> = {
  tinyint: { type: 'INTEGER', cast: (column) => column },
  smallint: { type: 'INTEGER', cast: (column) => column },
  int: { type: 'INTEGER', cast: (column) => column },
  bigint: { type: 'BIGINT', cast: (column) => column },
  float: { type: 'FLOAT', cast: (column) => column },
  double: { type: 'DOUBLE', cast: (column) => column },
  boolean: { type: 'BOOLEAN', cast: (column) => column },
  string: { type: 'VARCHAR', cast: (column) => column },
  binary: { type: 'BLOB', cast: (column) => column },
  date: { type: 'INTEGER', cast: (column) => `DATE '1970-01-01' + ${column}` },
  timestamp: { type: 'BIGINT', cast: (column) => `make_timestamp(${column})` },
  decimal: { type: 'VARCHAR', cast: (column) => column },
}

const stagedAs = ({ kind, duckdb }: ColumnType) =>
  kind === 'array' || kind === 'map' || kind === 'struct'
    ? { type: duckdb, cast: (column: string) => column }
    : physical[kind]

const chunkRows = 2_048
const table = 'staging'

/** A temporary table that takes rows in bulk; `arrival` numbers them. */
export class Staging {
  readonly #store: OfflineStore
  readonly #group: FeatureGroup
  readonly #appender: DuckDBAppender
  readonly #chunk: DuckDBDataChunk
  readonly #columns: DuckDBValue[][]
  readonly #values: readonly ((value: Value) => DuckDBValue)[]
  #rows = 0

  private constructor(options: {
    store: OfflineStore
    group: FeatureGroup
    appender: DuckDBAppender
    chunk: DuckDBDataChunk
    values: readonly ((value: Value) => DuckDBValue)[]
  }) {
    this.#store = options.store
    this.#group = options.group
    this.#appender = options.appender
    this.#chunk = options.chunk
    this.#values = options.values
    this.#columns = Array.from({ length: options.chunk.columnCount }, () => [])
  }

  static async open(store: OfflineStore, group: FeatureGroup): Promise<Staging> {
    const api = await import('@duckdb/node-api')
    const columns = group.features.map(({ name, type }) => `${quoted(name)} ${stagedAs(storedType(type)).type}`)
    await store.run(`CREATE OR REPLACE TEMP TABLE ${table} (${columns.join(', ')}, arrival BIGINT)`)
    const appender = await (await store.connection()).createAppender(table)
    const types = Array.from({ length: appender.columnCount }, (_, index) => appender.columnType(index))
    return new Staging({
      store,
      group,
      appender,
      chunk: api.DuckDBDataChunk.create(types),
      values: group.features.map(({ type }) => {
        const known = storedType(type)
        const ofBytes = known.nested ? nestedToDuckDb(known, api) : (bytes: Buffer) => new api.DuckDBBlobValue(bytes)
        return (value) => (value !== null && typeof value === 'object' ? ofBytes(value) : value)
      }),
    })
  }

  get rows(): number {
    return this.#rows
  }

  /** Adds one row, its values in the order of the group's features. */
  add(row: readonly (Value | undefined)[]): void {
    const made = this.#values.map((value, index) => value(row[index] ?? null)) // whole, or not at all
    for (const [index, value] of made.entries()) this.#columns[index]?.push(value)
    this.#columns.at(-1)?.push(BigInt(this.#rows++))
    if (this.#rows % chunkRows === 0) this.#append()
  }

  #append(): void {
    const rows = this.#columns[0]?.length ?? 0
    if (rows === 0) return
    this.#chunk.reset()
    this.#chunk.rowCount = rows
    this.#chunk.setColumns(this.#columns)
    this.#appender.appendDataChunk(this.#chunk)
    for (const column of this.#columns) column.length = 0
  }

  /** Ends the adding; the newest row of each key is then in the temporary table `newest`, in the group's types. */
  async newest(key: readonly string[]): Promise<void> {
    this.#append()
    this.#appender.closeSync()
    const columns = this.#group.features.map(
      ({ name, type }) => `${stagedAs(storedType(type)).cast(quoted(name))} AS ${quoted(name)}`,
    )
    await this.#store.run(`
      CREATE OR REPLACE TEMP TABLE newest AS SELECT ${columns.join(', ')} FROM ${table}
        QUALIFY row_number() OVER (PARTITION BY ${key.map((name) => `${table}.${quoted(name)}`).join(', ')} ORDER BY arrival DESC) = 1`)
  }

  async drop(): Promise<void> {
    await this.#store.run(`DROP TABLE IF EXISTS ${table}; DROP TABLE IF EXISTS newest`)
  }
}
