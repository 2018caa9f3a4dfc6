import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { longest, storedType } from '../columns/column-type.ts'
import { storedDefault } from '../columns/default-value.ts'
import type { Value } from '../columns/value.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import { onlineFeatures, primaryKeys } from '../metadata/feature-group.ts'

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
const tableOf = ({ id }: FeatureGroup) => `online_${id}`

/** A row that the database refuses; it is counted as failed. */
export class RefusedRow extends Error {
  override readonly name = 'RefusedRow'
}

export const createOnlineTable = (store: DatabaseSync, group: FeatureGroup): void => {
  const columns = onlineFeatures(group).map(
    ({ name, type, primary }) => `${quoted(name)} ${storedType(type).sqlite}${primary ? ' NOT NULL' : ''}`,
  )
  const key = primaryKeys(group).map(quoted).join(', ')
  store.exec(`CREATE TABLE ${tableOf(group)} (${columns.join(', ')}, PRIMARY KEY (${key})) WITHOUT ROWID`)
}

/** Adds the columns that the group has and its table has not; the rows that are there get the defaults. */
export const growOnlineTable = (store: DatabaseSync, before: FeatureGroup, after: FeatureGroup): void => {
  const table = tableOf(after)
  for (const { name, type, defaultValue } of onlineFeatures(after).slice(onlineFeatures(before).length)) {
    const known = storedType(type)
    store.exec(`ALTER TABLE ${table} ADD COLUMN ${quoted(name)} ${known.sqlite}`)
    if (defaultValue === null) continue
    store.prepare(`UPDATE ${table} SET ${quoted(name)} = ?`).run(stored(storedDefault(known, defaultValue)))
  }
}

export const dropOnlineTable = (store: DatabaseSync, group: FeatureGroup): void =>
  store.exec(`DROP TABLE IF EXISTS ${tableOf(group)}`)

export interface OnlineWriter {
  /** False when the row that is there is newer, and `ifNewer` was asked for. */
  upsert(row: readonly Value[], ifNewer: boolean): boolean
  remove(row: readonly Value[]): boolean
}

const stored = (value: Value | undefined): SQLInputValue =>
  typeof value === 'boolean' ? Number(value) : (value ?? null)

/** Bytes of a binary, code points of a text; these are counted only where code units are too many. */
const lengthOf = (value: Value | undefined, most: number): number => {
  if (value instanceof Buffer) return value.length
  if (typeof value !== 'string') return 0
  return value.length > most ? Array.from(value).length : value.length
}

/** Writes rows whose values come in the order of `names`. */
export const onlineWriter = (store: DatabaseSync, group: FeatureGroup, names: readonly string[]): OnlineWriter => {
  const features = onlineFeatures(group)
  const columns = features.map(({ name, type, onlineType, defaultValue }) => ({
    name,
    at: names.indexOf(name),
    otherwise: storedDefault(storedType(type), defaultValue),
    longest: longest(onlineType ?? ''),
  }))
  const keys = primaryKeys(group)
  const keyColumns = keys.map((key) => ({ key, at: names.indexOf(key) }))
  const table = tableOf(group)
  const values = features.filter(({ primary }) => !primary)
  const assignments = (values.length > 0 ? values : features).map(
    ({ name }) => `${quoted(name)} = excluded.${quoted(name)}`,
  )
  const upsertSql = `INSERT INTO ${table} (${columns.map(({ name }) => quoted(name)).join(', ')})
    VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT (${keys.map(quoted).join(', ')}) DO UPDATE SET ${assignments.join(', ')}`
  const clock = features.find(({ name }) => name === group.eventTime)
  const newer = clock && `excluded.${quoted(clock.name)} >= ${table}.${quoted(clock.name)}`
  const upsert = store.prepare(upsertSql)
  const upsertIfNewer = newer ? store.prepare(`${upsertSql} WHERE ${newer}`) : upsert
  const remove = store.prepare(`DELETE FROM ${table} WHERE ${keys.map((key) => `${quoted(key)} = ?`).join(' AND ')}`)

  const checkKey = (row: readonly Value[]) => {
    for (const { key, at } of keyColumns) if ((row[at] ?? null) === null) throw new RefusedRow(`${key} is null`)
  }
  return {
    upsert(row, ifNewer) {
      checkKey(row)
      const parameters = columns.map(({ name, at, otherwise, longest: most }) => {
        const value = at < 0 ? otherwise : row[at] // rows of an older schema lack what was added since
        if (most !== undefined && lengthOf(value, most) > most) throw new RefusedRow(`${name} is longer than ${most}`)
        return stored(value)
      })
      return (ifNewer ? upsertIfNewer : upsert).run(...parameters).changes > 0
    },
    remove(row) {
      checkKey(row)
      return remove.run(...keyColumns.map(({ at }) => stored(row[at]))).changes > 0
    },
  }
}

export type OnlineReader = (
  key: readonly SQLInputValue[],
) => readonly (null | number | bigint | string | Uint8Array)[] | undefined

/** Reads `columns` of the row with a key, given in the order of the group's primary keys. */
export const onlineReader = (store: DatabaseSync, group: FeatureGroup, columns: readonly string[]): OnlineReader => {
  const condition = primaryKeys(group).map((key) => `${quoted(key)} = ?`)
  const chosen = columns.length > 0 ? columns.map(quoted) : ['1']
  const select = store.prepare(`SELECT ${chosen.join(', ')} FROM ${tableOf(group)} WHERE ${condition.join(' AND ')}`)
  select.setReturnArrays(true)
  select.setReadBigInts(true)
  return (key) => {
    const row: unknown = select.get(...key)
    return Array.isArray(row) ? row : undefined
  }
}
