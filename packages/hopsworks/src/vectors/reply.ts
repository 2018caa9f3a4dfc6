import type { Value } from '../value.ts'
import { columnsOf } from './columns.ts'
import type { Columns } from './columns.ts'
import { array, object, unexpected } from './reply-json.ts'
import type { Json } from './reply-json.ts'

/** One feature vector, by feature name. */
export interface Vector {
  /** Null where a group holds no row for the entry, or the value is null. */
  readonly values: Readonly<Record<string, Value>>
  /** MISSING: at least one group has no row. ERROR: the server could not read this entry, `groups` says where. */
  readonly status: 'COMPLETE' | 'MISSING' | 'ERROR'
  /** For each group that was read, the HTTP status: 200 found, 404 no row, 400 a key of the wrong type. */
  readonly groups: readonly { readonly featureGroupId: number; readonly httpStatus: number }[]
}

/** What a reply says of its vectors, besides their values. */
export interface Frame {
  readonly columns: Columns
  readonly states: readonly Pick<Vector, 'status' | 'groups'>[]
}

/** Of a `feature_store` reply. */
export const frameOfOne = ({ metadata, status, detailedStatus }: Json, path: string): Frame => ({
  columns: columnsOf(metadata, path),
  states: [stateOf(status, detailedStatus, path)],
})

/** Of a `batch_feature_store` reply. */
export function frameOfBatch({ metadata, status, detailedStatus }: Json, path: string): Frame {
  const details = array(detailedStatus ?? [], path)
  const states = array(status, path).map((one, index) => stateOf(one, details[index], path))
  return { columns: columnsOf(metadata, path), states }
}

function stateOf(status: unknown, detail: unknown, path: string): Frame['states'][number] {
  if (status !== 'COMPLETE' && status !== 'MISSING' && status !== 'ERROR') throw unexpected(path, 'unknown status')
  const groups = array(detail ?? [], path).map((group) => {
    const { featureGroupId, httpStatus } = object(group, path)
    return Object.freeze({ featureGroupId: Number(featureGroupId), httpStatus: Number(httpStatus) })
  })
  const unread = groups.some(({ httpStatus }) => httpStatus !== 200 && httpStatus !== 404)
  return { status: unread ? 'ERROR' : status, groups: Object.freeze(groups) }
}

/** Thrown for a value that is none of its type, be it that JavaScript rounded it. */
export class Misfit extends Error {}

/** The vectors of a reply, one for each row of values. */
export function vectorsOf(rows: readonly unknown[], { columns, states }: Frame, path: string): Vector[] {
  if (rows.length !== states.length)
    throw unexpected(path, `${rows.length} vectors, ${states.length} of them with a status`)
  return rows.map((row, index) => {
    const { status, groups } = states[index]!
    return { values: valuesOf(row === null ? null : array(row, path), columns, path), status, groups }
  })
}

function valuesOf(row: readonly unknown[] | null, { columns, nulls }: Columns, path: string): Vector['values'] {
  if (row === null) return nulls
  if (row.length !== columns.length) throw unexpected(path, `${row.length} values of ${columns.length} features`)
  const values = { ...nulls }
  for (let index = 0; index < columns.length; index += 1) {
    const given = row[index]
    if (given === null) continue
    const { name, type, asIs, convert } = columns[index]!
    const value = isOf(given, asIs) ? given : convert(given)
    if (value === undefined) throw new Misfit(`${name} is no ${type}`)
    values[name] = value
  }
  return values
}

/** `typeof value === type`, which V8 makes a text for where that is not written in full. */
function isOf(value: unknown, type: string): value is string | number | boolean {
  if (type === 'number') return typeof value === 'number'
  return type === 'string' ? typeof value === 'string' : type === 'boolean' && typeof value === 'boolean'
}
