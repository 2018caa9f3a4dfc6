import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api'

/** The offline store: one DuckDB file, opened by the first job that needs it. Jobs run one at a time. */
export class OfflineStore {
  readonly #file: string
  #instance: DuckDBInstance | undefined
  #connection: DuckDBConnection | undefined

  constructor(file: string) {
    this.#file = file
  }

  async connection(): Promise<DuckDBConnection> {
    if (this.#connection) return this.#connection
    const { DuckDBInstance } = await import('@duckdb/node-api')
    this.#instance = await DuckDBInstance.create(this.#file, { threads: '2', memory_limit: '2GB' })
    this.#connection = await this.#instance.connect()
    await this.#connection.run(`
      SET TimeZone = 'UTC';
      CREATE TABLE IF NOT EXISTS checkpoints (
        feature_group INTEGER, topic VARCHAR, partition INTEGER, next BIGINT, PRIMARY KEY (feature_group, topic, partition))`)
    return this.#connection
  }

  async run(sql: string): Promise<void> {
    await (await this.connection()).run(sql)
  }

  async rows(sql: string): Promise<Record<string, DuckDBValue>[]> {
    return (await (await this.connection()).runAndReadAll(sql)).getRowObjects()
  }

  /** Runs `work` in one transaction: all of it is kept, or nothing. */
  async transaction(work: () => Promise<void>): Promise<void> {
    await this.run('BEGIN')
    try {
      await work()
      await this.run('COMMIT')
    } catch (error) {
      await this.run('ROLLBACK')
      throw error
    }
  }

  /** Makes the statement at work fail. */
  interrupt(): void {
    this.#connection?.interrupt()
  }

  close(): void {
    this.#connection?.closeSync()
    this.#instance?.closeSync()
    this.#connection = undefined
    this.#instance = undefined
  }
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
