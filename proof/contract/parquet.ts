import { readFileSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Type, Value, Values } from '@hopline/pipeline'
import type { FileMetaData, SchemaElement } from 'hyparquet'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { parquetWriteBuffer } from 'hyparquet-writer'

export type Types = Readonly<Record<string, Type>>

const element = ({ type, scale = 0 }: Type): Omit<SchemaElement, 'name'> => {
  switch (type) {
    case 'string':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8' }
    case 'int':
      return { type: 'INT32' }
    case 'long':
      return { type: 'INT64' }
    case 'decimal':
      return { type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale }
    case 'double':
      return { type: 'DOUBLE' }
    case 'boolean':
      return { type: 'BOOLEAN' }
    case 'timestamp':
      return { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } }
    case 'date':
      return { type: 'INT32', converted_type: 'DATE' }
    default:
      return type satisfies never
  }
}

/** Columns as one Parquet file. */
export const writeParquet = (path: string, types: Types, columns: Readonly<Record<string, readonly Value[]>>): void => {
  const schema: SchemaElement[] = [
    { name: 'root', num_children: Object.keys(types).length },
    ...Object.entries(types).map(([name, type]) => ({ name, ...element(type), repetition_type: 'OPTIONAL' as const })),
  ]
  const columnData = Object.keys(types).map((name) => ({ name, data: [...(columns[name] ?? [])] }))
  writeFileSync(path, new Uint8Array(parquetWriteBuffer({ schema, columnData, rowGroupSize: 100_000 })))
}

/** Decimals as the units that the file holds. */
const withUnits = (metadata: FileMetaData): FileMetaData => ({
  ...metadata,
  schema: metadata.schema.map(({ converted_type: converted, ...rest }) =>
    converted === 'DECIMAL' || converted === undefined ? rest : { ...rest, converted_type: converted },
  ),
})

const parsers = { timestampFromMicroseconds: (micros: bigint) => micros, dateFromDays: (days: number) => days }

const held = (value: unknown): Value => {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return value
    default:
      return null
  }
}

/** The rows of a folder that Spark has written, file by file in their order. */
export async function* readFolder(folder: string): AsyncGenerator<Values> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.parquet')).toSorted()
  for (const name of files) {
    const bytes = new Uint8Array(readFileSync(join(folder, name))).buffer
    const metadata = withUnits(parquetMetadata(bytes))
    let start = 0
    for (const { num_rows: count } of metadata.row_groups) {
      const [rowStart, rowEnd] = [start, start + Number(count)]
      for (const row of await parquetReadObjects({ file: bytes, metadata, compressors, parsers, rowStart, rowEnd })) {
        const values: Values = {}
        for (const [column, value] of Object.entries(row)) values[column] = held(value)
        yield values
      }
      start = rowEnd
    }
  }
}
