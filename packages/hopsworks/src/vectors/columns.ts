import type { Value } from '../value.ts'
import { convertTo } from './convert.ts'
import type { Convert } from './convert.ts'
import { array, object, text } from './reply-json.ts'

/** A feature of a view. */
export interface Column {
  readonly name: string
  readonly type: string
  /** What `typeof` says of values that are taken as they come; all others are converted. */
  readonly asIs: string
  readonly convert: Convert
}

/** The features of a view, in the order of the values. */
export interface Columns {
  readonly columns: readonly Column[]
  /** A vector in which nothing is known: a copy of it has room for what is. */
  readonly nulls: Readonly<Record<string, Value>>
}

const asIs: Readonly<Record<string, string>> = {
  float: 'number',
  double: 'number',
  boolean: 'boolean',
  string: 'string',
}

export function columnsOf(metadata: unknown, path: string): Columns {
  const columns = array(metadata, path).map((column) => {
    const { featureName, featureType } = object(column, path)
    const type = text(featureType, path)
    return { name: asKey(text(featureName, path)), type, asIs: asIs[type] ?? '', convert: convertTo(type) }
  })
  return { columns, nulls: Object.freeze(Object.fromEntries(columns.map(({ name }) => [name, null]))) }
}

/** The text as V8 keeps keys of objects: text out of JSON is looked up at each use as a key. */
const asKey = (name: string): string => Object.keys({ [name]: 0 })[0] ?? name
