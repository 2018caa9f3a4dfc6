import { kinds } from '@hopline/local-states'
import type { Json } from '@hopline/local-states'
import { rowsOf } from './csv.ts'
import type { ReaderConfig } from './reader-config.ts'

const delimiters = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' } as const

const csvItems = (text: string, { CSVHeaderLocation, CSVHeaders, CSVDelimiter }: ReaderConfig): Json[] => {
  const rows = rowsOf(text.replace(/^\ufeff/, ''), delimiters[CSVDelimiter])
  const headers = CSVHeaderLocation === 'GIVEN' ? CSVHeaders : (rows.shift() ?? [])
  if (headers.length === 0) throw new Error('The CSV file has no headers.')
  return rows.map((row) => Object.fromEntries(headers.map((header, column) => [header, row[column] ?? ''])))
}

/** What a JSON pointer (RFC 6901) leads to. */
const at = (value: Json, pointer: string): Json | undefined =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((inner, part) => {
      if (inner === undefined) return undefined
      if (kinds.array.is(inner)) return inner[Number(part)]
      return kinds.object.is(inner) && Object.hasOwn(inner, part) ? inner[part] : undefined
    }, value)

const jsonItems = (text: string, { ItemsPointer }: ReaderConfig): readonly Json[] => {
  const parsed: Json = JSON.parse(text)
  const items = at(parsed, ItemsPointer)
  if (items !== undefined && kinds.array.is(items)) return items
  throw new Error('Attempting to map over non-iterable node.')
}

const jsonlItems = (text: string): Json[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Json => JSON.parse(line))

/** The items in an object's text, as ReaderConfig says how it is written. Throws an Error that says what is wrong. */
export const parseItems = (text: string, config: ReaderConfig): readonly Json[] => {
  switch (config.InputType) {
    case 'CSV':
      return csvItems(text, config)
    case 'JSON':
      return jsonItems(text, config)
    case 'JSONL':
      return jsonlItems(text)
    default:
      throw new Error('ReaderConfig needs an InputType of CSV, JSON, JSONL or MANIFEST.')
  }
}
