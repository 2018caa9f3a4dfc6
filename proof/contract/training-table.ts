import type { AnyPipeline, Values, WindowGroup } from '@hopline/pipeline'
import {
  clockOf,
  contractOf,
  eventTimeOf,
  jsonValue,
  keyOf,
  requestFunction,
  rowFunction,
  tileEnd,
  windowTiles,
} from '@hopline/pipeline'

/** Columns of numbers, by name: features in the contract's order, `label` and `at` (event time, in seconds). */
export type TrainingTable = Readonly<Record<string, readonly (number | null)[]>>

/** The last change row of a key at or before an instant. */
type Lookup = (row: Values, at: bigint) => Values | undefined

const endOf = (change: Values) => BigInt(change[tileEnd] ?? 0n)

const lookup = (group: WindowGroup, rows: readonly Values[]): Lookup => {
  const clock = clockOf(group)
  const clocks = rows.flatMap((row) => clock(row) ?? [])
  const [first, last] = [clocks.reduce((a, b) => (a < b ? a : b)), clocks.reduce((a, b) => (a > b ? a : b))]
  const tiles = windowTiles(group, { from: first, to: last, watermark: last })
  for (const row of rows) tiles.add(row)
  const key = keyOf(group)
  const byKey = Map.groupBy(tiles.rows(), key)
  return (row, at) => byKey.get(key(row))?.findLast((change) => endOf(change) <= at)
}

const numberOf = (value: string | number | boolean | null) => (value === null ? null : Number(value))

/** What a model of the pipeline is trained on, computed by the engine itself: point-in-time, newest rows only. */
export const trainingTable = (pipeline: AnyPipeline, accepted: readonly Values[]): TrainingTable => {
  const key = keyOf(pipeline.spine)
  const rows = [...new Map(accepted.map((row) => [key(row), row])).values()]
  const contract = contractOf(pipeline)
  const [features, everything] = [requestFunction(contract), rowFunction(pipeline.spine)]
  const eventTime = eventTimeOf(pipeline.spine)
  const lookups = new Map(pipeline.windows.map((group) => [group.name, lookup(group, rows)]))
  const columns: Record<string, (number | null)[]> = Object.fromEntries(
    [...contract.features.map(({ name }) => name), 'label', 'at'].map((name) => [name, []]),
  )
  for (const row of rows) {
    const at = eventTime(row) ?? 0n
    const own = features(row)
    const joined = new Map([...lookups].map(([name, find]) => [name, find(row, at)]))
    for (const feature of contract.features) {
      const value = 'feature' in feature ? joined.get(feature.from)?.[feature.feature] : own[feature.name]
      columns[feature.name]?.push(numberOf(jsonValue(feature, value ?? null)))
    }
    columns['label']?.push(numberOf(jsonValue(contract.label, everything(row)[contract.label.name] ?? null)))
    columns['at']?.push(Number(at / 1_000_000n))
  }
  return columns
}
