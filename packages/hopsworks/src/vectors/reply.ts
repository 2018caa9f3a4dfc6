import { HopsworksUnexpectedReply } from '../errors.ts'
import type { Value } from '../value.ts'
import { convertTo } from './convert.ts'
import type { Convert } from './convert.ts'
import { withNumbersAsText } from './exact-json.ts'

/** One feature vector, by feature name. */
export interface Vector {
  /** Null where a group holds no row for the entry, or the value is null. */
  readonly values: Readonly<Record<string, Value>>
  /** MISSING: at least one group has no row. ERROR: the server could not read this entry, `groups` says where. */
  readonly status: 'COMPLETE' | 'MISSING' | 'ERROR'
  /** For each group that was read, the HTTP status: 200 found, 404 no row, 400 a key of the wrong type. */
  readonly groups: readonly { readonly featureGroupId: number; readonly httpStatus: number }[]
}

type Json = Readonly<Record<string, unknown>>

/** The one vector of a `feature_store` reply. */
export const vectorOf = (text: string, path: string): Vector =>
  exactly(text, path, ({ features, metadata, status, detailedStatus }) =>
    vector(columnsOf(metadata, path), features, status, detailedStatus, path),
  )

/** The vectors of a `batch_feature_store` reply, in the order of the entries. */
export const vectorsOf = (text: string, entries: number, path: string): Vector[] =>
  exactly(text, path, ({ features, metadata, status, detailedStatus }) => {
    const rows = array(features, path)
    if (rows.length !== entries) throw unexpected(path, `${rows.length} vectors for ${entries} entries`)
    const columns = columnsOf(metadata, path)
    const [statuses, details] = [array(status, path), array(detailedStatus ?? [], path)]
    return rows.map((row, index) => vector(columns, row, statuses[index], details[index], path))
  })

/** Thrown for a value that is none of its type, be it that JavaScript rounded it. */
class Misfit extends Error {}

/** Reads a reply quickly, or digit by digit where that rounds a number. */
function exactly<T>(text: string, path: string, read: (reply: Json) => T): T {
  try {
    return read(parse(text, path))
  } catch (error) {
    if (!(error instanceof Misfit)) throw error
  }
  try {
    return read(parse(withNumbersAsText(text), path))
  } catch (error) {
    throw error instanceof Misfit ? unexpected(path, error.message) : error
  }
}

function parse(text: string, path: string): Json {
  try {
    return object(JSON.parse(text), path)
  } catch (error) {
    throw error instanceof SyntaxError ? unexpected(path, 'no JSON') : error
  }
}

interface Column {
  readonly name: string
  readonly type: string
  readonly convert: Convert
}

const columnsOf = (metadata: unknown, path: string): readonly Column[] =>
  array(metadata, path).map((column) => {
    const { featureName, featureType } = object(column, path)
    const type = string(featureType, path)
    return { name: asKey(string(featureName, path)), type, convert: convertTo(type) }
  })

/** The text as V8 keeps keys of objects: text out of JSON is looked up at each use as a key. */
const asKey = (text: string): string => Object.keys({ [text]: 0 })[0] ?? text

/** Makes objects without a prototype that are as quick as others, which `Object.create(null)` are not. */
class NoPrototype {
  [name: string]: Value
}
Object.setPrototypeOf(NoPrototype.prototype, null)

function vector(columns: readonly Column[], row: unknown, status: unknown, detail: unknown, path: string): Vector {
  if (status !== 'COMPLETE' && status !== 'MISSING' && status !== 'ERROR') throw unexpected(path, 'unknown status')
  const features = row === null ? null : array(row, path)
  if (features && features.length !== columns.length) {
    throw unexpected(path, `${features.length} values of ${columns.length} features`)
  }
  const values = new NoPrototype()
  for (let index = 0; index < columns.length; index += 1) {
    const { name, type, convert } = columns[index]!
    const value = features ? convert(features[index]) : null
    if (value === undefined) throw new Misfit(`${name} is no ${type}`)
    values[name] = value
  }
  const groups = groupsOf(array(detail ?? [], path), path)
  const unread = groups.some(({ httpStatus }) => httpStatus !== 200 && httpStatus !== 404)
  return { values, status: unread ? 'ERROR' : status, groups }
}

/** As they came, unless their numbers were read as text. */
function groupsOf(detail: readonly unknown[], path: string): Vector['groups'] {
  if (detail.every(isGroup)) return detail
  return detail.map((group) => {
    const { featureGroupId, httpStatus } = object(group, path)
    return { featureGroupId: Number(featureGroupId), httpStatus: Number(httpStatus) }
  })
}

const isGroup = (value: unknown): value is Vector['groups'][number] =>
  isObject(value) && typeof value['featureGroupId'] === 'number' && typeof value['httpStatus'] === 'number'

const unexpected = (path: string, what: string) =>
  new HopsworksUnexpectedReply(`POST ${path}: unexpected reply, ${what}`, { status: 200, method: 'POST', path })

function object(value: unknown, path: string): Json {
  if (!isObject(value)) throw unexpected(path, 'no object')
  return value
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function array(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw unexpected(path, 'no array')
  return value
}

function string(value: unknown, path: string): string {
  if (typeof value !== 'string') throw unexpected(path, 'no string')
  return value
}
