import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { sparkSettings } from '@hopline/pipeline/spark'

/** A Spark session in a process of its own. */
export interface Spark {
  readonly version: string
  /** A view over a Parquet file. */
  table(name: string, path: string): Promise<void>
  /** A view over a query. */
  view(name: string, sql: string): Promise<void>
  /** A query's rows as Parquet files in a folder; seconds that it took. */
  write(sql: string, folder: string): Promise<number>
  stop(): Promise<void>
}

const machine = {
  'spark.driver.memory': '5g',
  'spark.ui.enabled': 'false',
  'spark.sql.shuffle.partitions': '4',
  'spark.sql.parquet.compression.codec': 'snappy',
}

/** Starts Spark with the settings of the contract. `pyspark` is where it is installed; `scratch` takes its files and its log. */
export const startSpark = async (pyspark: string, scratch: string): Promise<Spark> => {
  const child = spawn('python3', [join(import.meta.dirname, 'spark.py')], {
    env: { ...process.env, PYTHONPATH: pyspark, SPARK_LOCAL_DIRS: scratch, PYSPARK_PYTHON: 'python3' },
    stdio: 'pipe',
  })
  child.stderr.pipe(createWriteStream(join(scratch, 'spark.log')))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async (): Promise<Record<string, unknown>> => {
    const { value, done } = await lines.next()
    if (done === true) throw new Error('Spark ended; its log says why')
    const parsed: unknown = JSON.parse(value)
    if (typeof parsed !== 'object' || parsed === null) throw new Error(`Spark said ${value}`)
    const said = Object.fromEntries(Object.entries(parsed))
    if ('error' in said) throw new Error(`Spark: ${String(said['error'])}`)
    return said
  }
  const ask = (request: object) => {
    child.stdin.write(`${JSON.stringify(request)}\n`)
    return answer()
  }
  const { spark } = await ask({ ...sparkSettings, ...machine })
  return {
    version: String(spark),
    table: async (table, path) => void (await ask({ table, path })),
    view: async (view, sql) => void (await ask({ view, sql })),
    write: async (sql, path) => Number((await ask({ sql, path }))['seconds']),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.stdin.end()
      }),
  }
}
