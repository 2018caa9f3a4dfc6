import { createHash } from 'node:crypto'
import type { FileMetaData } from 'hyparquet'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { Objects } from '@hopline/lambda/objects'

/** One Parquet object of a split. */
export interface SplitObject {
  readonly uri: string
  readonly bytes: number
  readonly sha256: string
  readonly rows: number
}

export interface ReadObject extends SplitObject {
  readonly columns: readonly string[]
  /** Rows as objects by column; decoded only when asked for. */
  readonly read: () => Promise<Record<string, unknown>[]>
}

const columnsOf = ({ schema }: FileMetaData) =>
  schema.filter(({ num_children }) => !num_children).map(({ name }) => name)

/** Reads a split's Parquet objects one after the other; `_SUCCESS` and empty parts are passed over. */
export async function* splitObjects(objects: Objects, prefix: string): AsyncGenerator<ReadObject> {
  for await (const { uri, bytes } of objects.list(prefix)) {
    if (!uri.endsWith('.parquet') || bytes === 0) continue
    const body = await objects.bytes(uri)
    const file = new Uint8Array(body).buffer
    const metadata = parquetMetadata(file)
    yield {
      uri,
      bytes,
      sha256: createHash('sha256').update(body).digest('hex'),
      rows: Number(metadata.num_rows),
      columns: columnsOf(metadata),
      read: () => parquetReadObjects({ file, metadata, compressors }),
    }
  }
}
