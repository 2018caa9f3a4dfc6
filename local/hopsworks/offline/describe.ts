import * as z from 'zod'
import type { Kind } from '../columns/column-type.ts'
import { storedType } from '../columns/column-type.ts'
import type { FeatureStatistics } from '../metadata/statistics.ts'
import type { OfflineStore } from './offline-store.ts'
import { quoted } from './offline-store.ts'

type FeatureType = FeatureStatistics['featureType']

const featureTypes: Partial<Record<Kind, FeatureType>> = {
  tinyint: 'Integral',
  smallint: 'Integral',
  int: 'Integral',
  bigint: 'Integral',
  float: 'Fractional',
  double: 'Fractional',
  decimal: 'Fractional',
  boolean: 'Boolean',
  string: 'String',
}
const isNumber = (type: FeatureType) => type === 'Integral' || type === 'Fractional'

const counts = z.object({ count: z.bigint(), filled: z.bigint(), distinct: z.bigint() })
const finite = z.unknown().transform((value) => (typeof value === 'number' && Number.isFinite(value) ? value : null))
const figures = z.object({ min: finite, max: finite, sum: finite, mean: finite, deviation: finite })
const quantiles = z.object({ quantiles: z.object({ items: z.array(z.number()) }).nullable() })

const hundredths = Array.from({ length: 100 }, (_, at) => (at + 1) / 100).join(', ')

/** Statistics of every feature over the rows of a table. */
export const describe = async (
  store: OfflineStore,
  table: string,
  features: readonly { readonly name: string; readonly type: string }[],
): Promise<FeatureStatistics[]> => {
  const described: FeatureStatistics[] = []
  for (const { name, type } of features) {
    const column = quoted(name)
    const featureType = featureTypes[storedType(type).kind] ?? 'Unknown'
    const [counted] = await store.rows(
      `SELECT count(*) AS count, count(${column}) AS filled, approx_count_distinct(${column}) AS distinct FROM ${table}`,
    )
    const { count, filled, distinct } = counts.parse(counted)
    const rows = Number(count)
    described.push({
      featureName: name,
      featureType,
      count: rows,
      completeness: rows === 0 ? null : Number(filled) / rows,
      numNonNullValues: Number(filled),
      numNullValues: rows - Number(filled),
      approxNumDistinctValues: Number(distinct),
      ...(isNumber(featureType) ? await numbers(store, table, column) : noNumbers),
    })
  }
  return described
}

const noNumbers = { min: null, max: null, sum: null, mean: null, stdDev: null, percentiles: null }

/** Of the finite values; they are scaled to at most 1 for the sums, which would not fit else. */
const numbers = async (store: OfflineStore, table: string, column: string) => {
  const values = `(SELECT CAST(${column} AS DOUBLE) AS value FROM ${table}) WHERE isfinite(value)`
  const [found] = await store.rows(
    `WITH finite AS (SELECT value FROM ${values}), scaled AS (
       SELECT value, value / scale AS part, scale
       FROM finite, (SELECT coalesce(nullif(max(abs(value)), 0), 1) AS scale FROM finite))
     SELECT min(value) AS min, max(value) AS max, sum(part) * any_value(scale) AS sum, avg(part) * any_value(scale) AS mean,
       stddev_samp(part) * any_value(scale) AS deviation FROM scaled`,
  )
  const [spread] = await store.rows(`SELECT quantile_cont(value, [${hundredths}]) AS quantiles FROM ${values}`)
  const { deviation: stdDev, ...others } = figures.parse(found)
  return { ...others, stdDev, percentiles: quantiles.parse(spread).quantiles?.items ?? null }
}
