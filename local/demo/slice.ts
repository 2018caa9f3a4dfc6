import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'

/** Three weeks of January 2001 at five hubs, cut from three million flights that the US DOT recorded. */
const weeks = ['2001-01-01', '2001-01-08', '2001-01-15'].map((from, at) => ({ from, file: `week-${at + 1}.parquet` }))
const hubs = ['ORD', 'DFW', 'ATL', 'LAX', 'PHX']

export interface WeekObject {
  readonly file: string
  readonly key: string
}

const source = () => fileURLToPath(new URL('../data/flights-3m.parquet', import.meta.resolve('vega-datasets')))

/** Cuts the demonstration's rows, as they are, into one Parquet file a week; files that are there already are kept. */
export const cutSlice = async (folder: string): Promise<WeekObject[]> => {
  await mkdir(folder, { recursive: true })
  const objects = weeks.map(({ file }) => ({ file: join(folder, file), key: `flights/${file}` }))
  if (objects.every(({ file }) => existsSync(file))) return objects
  const connection = await (await DuckDBInstance.create()).connect()
  for (const [at, { from }] of weeks.entries()) {
    const file = join(folder, weeks[at]?.file ?? '')
    await connection.run(
      `COPY (SELECT * FROM read_parquet($source) WHERE date >= $from::TIMESTAMP AND date < $from::TIMESTAMP + INTERVAL 7 DAY
        AND origin IN (${hubs.map((hub) => `'${hub}'`).join(', ')}) ORDER BY date, origin, destination, delay)
       TO '${file}.part' (FORMAT parquet, COMPRESSION snappy)`,
      { source: source(), from },
    )
    await rename(`${file}.part`, file)
  }
  connection.closeSync()
  return objects
}
