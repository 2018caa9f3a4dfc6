import { durationMicros } from '../duration.ts'
import type { Node } from '../expression/node.ts'
import { tileEnd } from '../hopsworks/groups.ts'
import type { WindowFeature } from '../windows/aggregates.ts'
import type { WindowGroup } from '../windows/windowed.ts'
import { layered } from './layers.ts'
import { longLiteral, quoted, sqlType } from './sql-text.ts'

/** Columns of the log that say which row of a key counts: the one with the largest, the first before the second. */
const newest = ['_order', '_row']

/** An aggregated expression, and its columns in what follows. */
interface Measure {
  readonly name: string
  readonly node: Node
}

const measuresOf = ({ features }: WindowGroup): Measure[] => {
  const distinct = new Map(Object.values(features).flatMap(({ of }) => (of ? [[JSON.stringify(of), of] as const] : [])))
  return [...distinct.values()].map((node, at) => ({ name: `_m${at}`, node }))
}

/** A measure as a number whose sum stays exact. */
const summand = ({ name, node }: Measure) => {
  if (node.type === 'boolean') return `CAST(${name} AS INT)`
  return node.type === 'long' ? `CAST(${name} AS DECIMAL(19,0))` : name
}

const isSum = ({ aggregate }: WindowFeature) => aggregate === 'sum' || aggregate === 'mean' || aggregate === 'share'

const counted = (sql: string) => `CASE WHEN _counts THEN ${sql} END`
const list = (lines: readonly string[]) => lines.join(',\n    ')

/** What a tile knows of a measure, as [column, aggregate of the rows that count, how tiles are merged]. */
const partials = (group: WindowGroup, measure: Measure): (readonly [string, string, string])[] => {
  const using = Object.values(group.features).filter(
    ({ of }) => of && JSON.stringify(of) === JSON.stringify(measure.node),
  )
  const { name } = measure
  return [
    [`${name}_count`, `count(${counted(name)})`, 'sum'],
    ...(using.some(isSum) ? [[`${name}_sum`, `sum(${counted(summand(measure))})`, 'sum'] as const] : []),
    ...(['min', 'max'] as const)
      .filter((extreme) => using.some(({ aggregate }) => aggregate === extreme))
      .map((extreme) => [`${name}_${extreme}`, `${extreme}(${counted(name)})`, extreme] as const),
  ]
}

const limits = `${-(2n ** 63n)}BD AND ${2n ** 63n - 1n}BD`
const windowName = (tiles: bigint) => `_w${tiles}`

/** A feature as an aggregate over its window. */
const featureSql = (feature: WindowFeature, measure: Measure | undefined, over: string) => {
  if (!measure) return `CAST(sum(_rows) OVER ${over} AS INT)`
  const merged = (partial: string, by: string) => `${by}(${measure.name}_${partial}) OVER ${over}`
  if (feature.aggregate === 'min' || feature.aggregate === 'max') return merged(feature.aggregate, feature.aggregate)
  const sum = merged('sum', 'sum')
  if (feature.aggregate !== 'sum') return `CAST(${sum} AS DOUBLE) / CAST(${merged('count', 'sum')} AS DOUBLE)`
  if (feature.type === 'decimal') return `CAST(${sum} AS ${sqlType(feature)})`
  return `CASE WHEN ${sum} BETWEEN ${limits} THEN CAST(${sum} AS BIGINT) END`
}

/**
 * The change rows of a window group in Spark 3.5, from the whole log of accepted rows: a table with the group's columns
 * and features, and `_order` and `_row`. It gives what windowTiles gives of the same log: superseded rows make a row of
 * their tiles due, without counting. To be run under {@link sparkSettings}.
 */
export const windowsSql = (group: WindowGroup, log: string): string => {
  const { by, of, every } = group
  const tile = durationMicros(every)
  const keys = by.map(quoted).join(', ')
  const measures = measuresOf(group)
  const columns = measures.flatMap((measure) => partials(group, measure))
  const features = Object.entries(group.features).map(([name, feature]) => {
    const tiles = durationMicros(feature.over) / tile
    const measure = measures.find(({ node }) => JSON.stringify(node) === JSON.stringify(feature.of))
    return { name, tiles, sql: featureSql(feature, measure, windowName(tiles)) }
  })
  const widths = [...new Set(features.map(({ tiles }) => tiles))]
  const measured = layered('ranked', [...by, '_counts'], {
    _clock: group.clock.node,
    ...Object.fromEntries(measures.map(({ name, node }) => [name, node])),
  })
  return `WITH ranked AS (
  SELECT *, row_number() OVER (
    PARTITION BY ${of.key.map(quoted).join(', ')} ORDER BY ${newest.map((column) => `${column} DESC`).join(', ')}
  ) = 1 AS _counts
  FROM ${quoted(log)}
), measured AS (
${measured}
), clocked AS (
  SELECT *, unix_micros(_clock) AS _at FROM measured WHERE _clock IS NOT NULL
), tiles AS (
  SELECT ${list([
    keys,
    `(_at - pmod(_at, ${longLiteral(tile)})) div ${longLiteral(tile)} AS _tile`,
    'count_if(_counts) AS _rows',
    ...columns.map(([name, sql]) => `${sql} AS ${name}`),
  ])}
  FROM clocked GROUP BY ${keys}, _tile
), changes AS (
  SELECT ${list([keys, '_tile + 1 AS _due', '_rows', ...columns.map(([name]) => name)])}
  FROM tiles
  UNION ALL
  SELECT ${list([keys, `explode(array(${widths.map((width) => `_tile + ${longLiteral(width + 1n)}`).join(', ')})) AS _due`, '0L AS _rows', ...columns.map(([name]) => `NULL AS ${name}`)])}
  FROM tiles
), due AS (
  SELECT ${list([keys, '_due', 'sum(_rows) AS _rows', ...columns.map(([name, , merge]) => `${merge}(${name}) AS ${name}`)])}
  FROM changes GROUP BY ${keys}, _due
)
SELECT ${list([keys, `timestamp_micros(_due * ${longLiteral(tile)}) AS ${tileEnd}`, ...features.map(({ name }) => quoted(name))])}
FROM (
  SELECT ${list([keys, '_due', ...features.map(({ name, sql }) => `${sql} AS ${quoted(name)}`)])}
  FROM due
  WINDOW ${list(
    widths.map(
      (width) =>
        `${windowName(width)} AS (PARTITION BY ${keys} ORDER BY _due RANGE BETWEEN ${longLiteral(width - 1n)} PRECEDING AND CURRENT ROW)`,
    ),
  )}
)
WHERE _due * ${longLiteral(tile)} <= (SELECT max(_at) FROM clocked)`
}
