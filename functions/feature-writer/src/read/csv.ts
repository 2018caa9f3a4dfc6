import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { EmptyObject, UnreadableObject } from '../errors.ts'
import type { RawBytes } from '../objects.ts'
import { checkColumns } from './columns.ts'
import type { RawRow, Source } from './source.ts'

const rangeBytes = 8_388_608
const maxRecordCharacters = 1_000_000
const batchRows = 5_000

/**
 * A CSV object with a header line, read as a stream: UTF-8 with or without a byte order mark, commas, RFC 4180 quotes.
 * A line with too few or too many fields is a broken row; a quote that is out of place makes the object unreadable,
 * because nobody can say where the rows after it begin.
 */
export const csvSource = (bytes: RawBytes, columns: readonly string[]): Source => ({
  plan: async () => {
    for await (const header of records(bytes)) {
      checkColumns(header, columns)
      return [{ index: 0, rowStart: 0, rowEnd: null }]
    }
    throw new EmptyObject('the object has no header')
  },
  rows: async function* rows() {
    let header: readonly string[] | undefined
    let row = 0
    let batch: RawRow[] = []
    for await (const fields of records(bytes)) {
      if (header === undefined) {
        checkColumns(fields, columns)
        header = fields
        continue
      }
      batch.push(rawRow(row, header, fields))
      row += 1
      if (batch.length === batchRows) {
        yield batch
        batch = []
      }
    }
    if (row === 0) throw new EmptyObject('the object has a header and no rows')
    if (batch.length > 0) yield batch
  },
})

const rawRow = (row: number, header: readonly string[], fields: readonly string[]): RawRow => {
  if (fields.length === header.length) {
    return { row, values: Object.fromEntries(header.map((name, index) => [name, fields[index]])) }
  }
  const detail = `${fields.length} fields under ${header.length} columns`
  return { row, broken: { reason: 'malformed', detail, original: fields } }
}

/** The records of the file, the header first. */
async function* records(bytes: RawBytes): AsyncGenerator<readonly string[]> {
  let failedRead: unknown // a failure of S3, which says nothing about the file
  async function* text() {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    for (let start = 0; start < bytes.size; start += rangeBytes) {
      const end = Math.min(start + rangeBytes, bytes.size)
      const piece = await bytes.range(start, end).catch((error: unknown) => {
        failedRead = error
        throw error
      })
      yield decoder.decode(piece, { stream: end < bytes.size })
    }
  }
  const parser = parse({ relax_column_count: true, skip_empty_lines: true, max_record_size: maxRecordCharacters })
  const input = Readable.from(text())
  input.once('error', (error) => parser.destroy(error))
  input.pipe(parser)
  try {
    yield* parser
  } catch (error) {
    if (failedRead !== undefined) throw failedRead
    const said = error instanceof CsvError ? csvProblem(error) : 'the text is not UTF-8'
    throw new UnreadableObject(`not a readable CSV file: ${said}`)
  } finally {
    input.destroy()
    parser.destroy()
  }
}

const csvProblem = (error: CsvError) => {
  const { lines } = error as CsvError & { lines?: number }
  return lines === undefined ? error.code : `${error.code} at line ${lines}`
}
