import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FeatureGroup, Values } from '@hopline/pipeline'
import { rowValidator } from '@hopline/pipeline'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

/** The first flights of vega-datasets' three million, oldest first, as far as the group accepts them. */
export async function* acceptedFlights(group: FeatureGroup, count: number): AsyncGenerator<Values> {
  const source = fileURLToPath(new URL('../data/flights-3m.parquet', import.meta.resolve('vega-datasets')))
  const file = new Uint8Array(readFileSync(source)).buffer
  const metadata = parquetMetadata(file)
  const validate = rowValidator(group)
  let start = 0
  for (const { num_rows: rows } of metadata.row_groups) {
    const [rowStart, rowEnd] = [start, Math.min(start + Number(rows), count)]
    start = rowEnd
    if (rowStart >= rowEnd) return
    for (const raw of await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd })) {
      const valid = validate(raw)
      if (valid.ok) yield valid.row
    }
  }
}
