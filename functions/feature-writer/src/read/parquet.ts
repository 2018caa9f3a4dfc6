import { parquetMetadataAsync, parquetRead, parquetReadObjects, parquetSchema } from 'hyparquet'
import type { FileMetaData } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { SourceColumn } from '@hopline/pipeline'
import type { Chunk } from '@hopline/workflow'
import { EmptyObject, UnreadableObject } from '../errors.ts'
import type { RawBytes } from '../objects.ts'
import { checkColumns } from './columns.ts'
import { exactDecimals, withUnits } from './exact-decimals.ts'
import { instantParsers, localTimes } from './instants.ts'
import type { Source } from './source.ts'
import { isAnyInherited, valuesOf } from './values-of.ts'

const rowsPerChunk = 250_000
const maxRowGroupBytes = 1_000_000_000n // uncompressed; a group is decoded in memory as a whole

const utf8 = new TextDecoder('utf-8', { fatal: true })

const parsers = {
  ...instantParsers,
  /** Bytes that are no text stay as they are, to be refused. */
  stringFromBytes: (bytes: Uint8Array | undefined) => {
    try {
      return bytes && utf8.decode(bytes)
    } catch {
      return bytes
    }
  },
}

interface RowGroup {
  start: number
  end: number
}

/** A Parquet object, read one row group at a time by range reads. */
export const parquetSource = (bytes: RawBytes, columns: readonly SourceColumn[]): Source => {
  const names = columns.map(({ source }) => source)
  const zoneless = columns.flatMap(({ source, type, zone }) =>
    type === 'timestamp' && zone === undefined ? [source] : [],
  )
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
      names,
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
      const [metadata, exact, timed] = [withUnits(stored), exactDecimals(stored), localTimes(stored, zoneless)]
      for (const { start, end } of rowGroupsOf(metadata)) {
        if (start < rowStart || end > (rowEnd ?? end)) continue
        const options = { file, metadata, columns: names, rowStart: start, rowEnd: end, compressors, parsers }
        const values = await reading(() => objectsOf(options))
        if (values.length !== end - start) throw new UnreadableObject('a row group has fewer rows than the file says')
        yield values.map((values, index) => ({ row: start + index, values: timed(exact(values)) }))
      }
    },
  }
}

type ReadOptions = Parameters<typeof parquetReadObjects>[0] & { readonly columns: string[] }

/** Rows as objects. hyparquet assigns their members, which a name that objects inherit would not survive. */
const objectsOf = async (options: ReadOptions): Promise<Record<string, unknown>[]> => {
  if (!isAnyInherited(options.columns)) return parquetReadObjects(options)
  let rows: unknown[][] = []
  await parquetRead({ ...options, rowFormat: 'array', onComplete: (read) => (rows = read) })
  return rows.map(valuesOf(options.columns))
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
