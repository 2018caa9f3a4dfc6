import { storedType } from '../columns/column-type.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import { primaryKeys } from '../metadata/feature-group.ts'
import type { OfflineStore } from './offline-store.ts'
import { literal, quoted } from './offline-store.ts'

export const tableOf = ({ id }: FeatureGroup): string => `feature_group_${id}`

/** What makes a row one row: primary key, partition key and event time, as Hudi's record key and precombine field do. */
export const recordKey = (group: FeatureGroup): string[] => {
  const partitionKeys = group.features.filter(({ partition }) => partition).map(({ name }) => name)
  return [...new Set([...primaryKeys(group), ...partitionKeys, ...(group.eventTime === null ? [] : [group.eventTime])])]
}

/** Makes the group's table, or adds the columns that the group got since, with their defaults. */
export const ensureTable = async (store: OfflineStore, group: FeatureGroup): Promise<void> => {
  const columns = group.features.map(({ name, type, defaultValue }) => {
    const { duckdb } = storedType(type)
    const otherwise = defaultValue === null ? '' : ` DEFAULT CAST(${literal(defaultValue)} AS ${duckdb})`
    return `${quoted(name)} ${duckdb}${otherwise}`
  })
  const table = tableOf(group)
  const added = columns.map((column) => `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${column}`)
  await store.run([`CREATE TABLE IF NOT EXISTS ${table} (${columns.join(', ')})`, ...added].join('; '))
}

export const dropTable = async (store: OfflineStore, group: FeatureGroup): Promise<void> => {
  await store.run(`DROP TABLE IF EXISTS ${tableOf(group)}; DELETE FROM checkpoints WHERE feature_group = ${group.id}`)
}
