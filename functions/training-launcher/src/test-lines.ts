import type { Contract } from '@hopline/pipeline'
import type { TestRow } from '@hopline/workflow'

type Cell = string | number | null

/** A Parquet value as JSON holds it: 64-bit integers as numbers, booleans as 0 and 1, NaN as null. */
const cell = (value: unknown): Cell => {
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' ? value : null
}

const pick = (row: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, cell(row[name])]))

/**
 * The test split for the batch transform, one row a line, numbered from `firstRow` on; a row without a label cannot be
 * judged and is left out.
 */
export function* testLines(
  rows: Iterable<Readonly<Record<string, unknown>>>,
  { contract, by, firstRow }: { contract: Contract; by: readonly string[]; firstRow: number },
): Generator<TestRow> {
  const features = contract.features.map(({ name }) => name)
  let at = firstRow
  for (const row of rows) {
    const label = cell(row[contract.label.name])
    if (label !== 0 && label !== 1) continue
    yield { row: at, label, by: pick(row, by), features: pick(row, features) }
    at += 1
  }
}
