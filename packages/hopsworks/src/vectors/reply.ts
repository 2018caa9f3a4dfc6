import { isInteger, parse } from 'lossless-json'
import { HopsworksUnexpectedReply } from '../errors.ts'
import { valueOf } from './value.ts'
import type { Value } from './value.ts'

/** One feature vector, by feature name. */
export interface Vector {
  /** Null where a group holds no row for the entry, or the value is null. */
  readonly values: Readonly<Record<string, Value>>
  /** MISSING: at least one group has no row. ERROR: the server could not read this entry. */
  readonly status: 'COMPLETE' | 'MISSING' | 'ERROR'
  /** For each group that was read, the HTTP status: 200 found, 404 no row. */
  readonly groups: readonly { readonly featureGroupId: number; readonly httpStatus: number }[]
}

type Json = Readonly<Record<string, unknown>>

/** JSON with exact integers: they arrive as bigint, other numbers as number. */
export const parseExact = (body: string): unknown =>
  parse(body, null, { parseNumber: (digits) => (isInteger(digits) ? BigInt(digits) : Number(digits)) })

/** The one vector of a `feature_store` reply. */
export function vectorOf(reply: unknown, path: string): Vector {
  const { features, metadata, status, detailedStatus } = object(reply, path)
  return vector(columnsOf(metadata, path), features, status, detailedStatus, path)
}

/** The vectors of a `batch_feature_store` reply, in the order of the entries. */
export function vectorsOf(reply: unknown, entries: number, path: string): Vector[] {
  const { features, metadata, status, detailedStatus } = object(reply, path)
  const rows = array(features, path)
  if (rows.length !== entries) throw unexpected(path, `${rows.length} vectors for ${entries} entries`)
  const columns = columnsOf(metadata, path)
  const [statuses, details] = [array(status, path), array(detailedStatus, path)]
  return rows.map((row, index) => vector(columns, row, statuses[index], details[index], path))
}

interface Columns {
  readonly names: readonly string[]
  readonly types: readonly string[]
}

function columnsOf(metadata: unknown, path: string): Columns {
  const columns = array(metadata, path).map((column) => object(column, path))
  return {
    names: columns.map(({ featureName }) => string(featureName, path)),
    types: columns.map(({ featureType }) => string(featureType, path)),
  }
}

function vector({ names, types }: Columns, row: unknown, status: unknown, detail: unknown, path: string): Vector {
  if (status !== 'COMPLETE' && status !== 'MISSING' && status !== 'ERROR') throw unexpected(path, 'unknown status')
  const features = row === null ? names.map(() => null) : array(row, path)
  if (features.length !== names.length) throw unexpected(path, `${features.length} values of ${names.length} features`)
  const values: Record<string, Value> = Object.create(null)
  for (const [index, name] of names.entries()) {
    const value = valueOf(types[index] ?? '', features[index])
    if (value === undefined) throw unexpected(path, `${name} is no ${types[index]}`)
    values[name] = value
  }
  const groups = array(detail ?? [], path).map((group) => {
    const { featureGroupId, httpStatus } = object(group, path)
    return { featureGroupId: Number(featureGroupId), httpStatus: Number(httpStatus) }
  })
  return { values, status, groups }
}

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
