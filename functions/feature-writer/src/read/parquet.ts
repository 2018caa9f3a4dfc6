import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet'
import type { FileMetaData } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { Chunk } from '@hopline/workflow'
import { EmptyObject, UnreadableObject } from '../errors.ts'
import type { RawBytes } from '../objects.ts'
import { checkColumns } from './columns.ts'
import { exactDecimals, withUnits } from './exact-decimals.ts'
import type { Source } from './source.ts'

const rowsPerChunk = 250_000
const maxRowGroupBytes = 1_000_000_000n // uncompressed; a group is decoded in memory as a whole

/** A timestamp as a Date, or as text where a Date would drop what is below a millisecond. */
const dateOrText = (micros: bigint) => {
  const rest = ((micros % 1_000n) + 1_000n) % 1_000n
  const date = new Date(Number((micros - rest) / 1_000n))
  return rest === 0n ? date : date.toISOString().replace('Z', `${String(rest).padStart(3, '0')}Z`)
}
const parsers = {
  timestampFromMicroseconds: dateOrText,
  timestampFromNanoseconds: (nanos: bigint) => dateOrText(BigInt.asIntN(64, nanos) / 1_000n),
}

interface RowGroup {
  start: number
  end: number
}

/** A Parquet object, read one row group at a time by range reads. */
export const parquetSource = (bytes: RawBytes, columns: readonly string[]): Source => {
  let failedRead: unknown // a failure of S3, which says nothing about the file
  const file = {
    byteLength: bytes.size,
    slice: async (start: number, end = bytes.size) => {
      try {
        return (await bytes.range(start, end)).buffer
      } catch (error) {
        failedRead = error
        throw error
      }
    },
  }
  const reading = async <T>(read: () => Promise<T>) => {
    try {
      return await read()
    } catch (error) {
      if (failedRead !== undefined) throw failedRead
      if (error instanceof UnreadableObject) throw error
      throw new UnreadableObject(`not a readable Parquet file: ${error instanceof Error ? error.message : 'unknown'}`)
    }
  }
  const open = async () => {
    if (bytes.size === 0) throw new EmptyObject('the object has no bytes')
    if (bytes.size < 12) throw new UnreadableObject('not a readable Parquet file: too short')
    const metadata = await reading(() => parquetMetadataAsync(file, { geoparquet: false }))
    checkColumns(
      parquetSchema(metadata).children.map(({ element }) => element.name),
      columns,
    )
    return metadata
  }

  return {
    plan: async () => {
      const metadata = await open()
      if (metadata.num_rows === 0n) throw new EmptyObject('the object has no rows')
      if (metadata.row_groups.some(({ total_byte_size }) => total_byte_size > maxRowGroupBytes)) {
        throw new UnreadableObject('a row group is larger than 1 GB')
      }
      return chunksOf(rowGroupsOf(metadata))
    },
    rows: async function* rows({ rowStart, rowEnd }) {
      const stored = await open()
      const [metadata, exact] = [withUnits(stored), exactDecimals(stored)]
      for (const { start, end } of rowGroupsOf(metadata)) {
        if (start < rowStart || end > (rowEnd ?? end)) continue
        const options = { file, metadata, columns: [...columns], rowStart: start, rowEnd: end, compressors, parsers }
        const values = await reading(() => parquetReadObjects(options))
        if (values.length !== end - start) throw new UnreadableObject('a row group has fewer rows than the file says')
        yield values.map((values, index) => ({ row: start + index, values: exact(values) }))
      }
    },
  }
}

const rowGroupsOf = ({ row_groups }: FileMetaData): RowGroup[] => {
  let start = 0
  return row_groups.map(({ num_rows }) => {
    const group = { start, end: start + Number(num_rows) }
    start = group.end
    return group
  })
}

/** Whole row groups, as many as make a chunk. */
const chunksOf = (groups: readonly RowGroup[]): Chunk[] => {
  const chunks: Chunk[] = []
  let open: { rowStart: number; rowEnd: number } | undefined
  for (const { start, end } of groups) {
    if (open !== undefined && end - open.rowStart <= rowsPerChunk) open.rowEnd = end
    else {
      open = { rowStart: start, rowEnd: end }
      chunks.push(Object.assign(open, { index: chunks.length }))
    }
  }
  return chunks
}
