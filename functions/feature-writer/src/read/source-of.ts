import type { SourceColumn } from '@hopline/pipeline'
import { UnreadableObject } from '../errors.ts'
import type { RawBytes } from '../objects.ts'
import { csvSource } from './csv.ts'
import { parquetSource } from './parquet.ts'
import type { Source } from './source.ts'

/** The reader of an object, by the ending of its key. */
export const sourceOf = (key: string, bytes: RawBytes, columns: readonly SourceColumn[]): Source => {
  if (key.endsWith('.parquet')) return parquetSource(bytes, columns)
  if (key.endsWith('.csv'))
    return csvSource(
      bytes,
      columns.map(({ source }) => source),
    )
  throw new UnreadableObject('the key ends neither in .parquet nor in .csv')
}
