import { EmptyObject, UnreadableObject } from '../errors.ts'
import type { RawBytes } from '../objects.ts'
import { checkColumns } from './columns.ts'
import { CsvCutter, CsvProblem } from './csv-cutter.ts'
import type { RawRow, Source } from './source.ts'
import { valuesOf } from './values-of.ts'

const rangeBytes = 8_388_608
const pieceBytes = 65_536
const maxRecordCharacters = 1_000_000

/**
 * A CSV object with a header line, read as a stream: UTF-8 with or without a byte order mark, commas, RFC 4180 quotes.
 * A line with too few or too many fields is a broken row; a quote that is out of place makes the object unreadable,
 * because nobody can say where the rows after it begin.
 */
export const csvSource = (bytes: RawBytes, columns: readonly string[]): Source => ({
  plan: async () => {
    for await (const [header] of records(bytes)) {
      if (header === undefined) continue
      checkColumns(header, columns)
      return [{ index: 0, rowStart: 0, rowEnd: null }]
    }
    throw new EmptyObject('the object has no header')
  },
  rows: async function* rows() {
    let rowOf: ReturnType<typeof rawRows> | undefined
    let row = 0
    for await (const batch of records(bytes)) {
      if (rowOf === undefined) {
        const header = batch.shift()
        if (header === undefined) continue
        checkColumns(header, columns)
        rowOf = rawRows(header)
      }
      if (batch.length === 0) continue
      const first = row
      const made = rowOf
      yield batch.map((fields, index) => made(first + index, fields))
      row += batch.length
    }
    if (row === 0) throw new EmptyObject('the object has a header and no rows')
  },
})

/** Makes rows of records. */
const rawRows = (header: readonly string[]) => {
  const values = valuesOf(header)
  return (row: number, fields: readonly string[]): RawRow => {
    if (fields.length === header.length) return { row, values: values(fields) }
    const detail = `${fields.length} fields under ${header.length} columns`
    return { row, broken: { reason: 'malformed', detail, original: fields } }
  }
}

/** The records of the file, the header first, in batches. */
async function* records(bytes: RawBytes): AsyncGenerator<string[][]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const cutter = new CsvCutter({ maxRecordCharacters })
  for (let start = 0; start < bytes.size; start += rangeBytes) {
    const range = await bytes.range(start, Math.min(start + rangeBytes, bytes.size))
    for (let at = 0; at < range.length; at += pieceBytes) {
      const isLast = start + at + pieceBytes >= bytes.size
      yield readable(() => cutter.cut(decoder.decode(range.subarray(at, at + pieceBytes), { stream: !isLast }), isLast))
    }
  }
}

const readable = <T>(read: () => T): T => {
  try {
    return read()
  } catch (error) {
    const said = error instanceof CsvProblem ? error.message : 'the text is not UTF-8'
    throw new UnreadableObject(`not a readable CSV file: ${said}`)
  }
}
