import { UndecodableRow } from '../columns/avro-cursor.ts'
import { keyValue } from './key-value.ts'
import { writeLossless } from './lossless-json.ts'
import { VectorError, vectorFailures } from './vector-error.ts'
import type { PlannedGroup, ViewPlan } from './view-plan.ts'

export type Entry = Readonly<Record<string, unknown>>

export interface Vector {
  /** The values as JSON, in the order of the view's features. */
  readonly features: readonly string[]
  readonly status: 'COMPLETE' | 'MISSING'
  readonly detailedStatus: readonly { readonly featureGroupId: number; readonly httpStatus: number }[]
}

const checkEntry = ({ entryNames }: ViewPlan, entry: Entry): void => {
  const names = Object.keys(entry)
  if (names.length === 0) throw new VectorError(vectorFailures.noKey, 'entries are empty')
  for (const name of names) {
    if (!entryNames.has(name))
      throw new VectorError(
        vectorFailures.wrongKey,
        `Provided primary key \`${name}\` does not belong to the set of primary keys.`,
      )
    if (entry[name] === null)
      throw new VectorError(vectorFailures.wrongKey, `Primary key \`${name}\` should not be null.`)
  }
}

const textOf = (text: PlannedGroup['columns'][number]['text'], value: Parameters<typeof text>[0]): string => {
  try {
    return text(value)
  } catch (error) {
    if (error instanceof UndecodableRow) throw new VectorError(vectorFailures.undecodable, error.message)
    throw error
  }
}

/** Reads one vector; values in `passed` win over those of the store. */
export const readVector = (plan: ViewPlan, entry: Entry, passed: Entry | null | undefined): Vector => {
  checkEntry(plan, entry)
  const features = plan.features.map(() => 'null')
  const detailedStatus = plan.groups.map(({ id: featureGroupId, keys, read, columns, echoes }) => {
    const given = keys.map(({ names }) => entry[names.find((name) => entry[name] !== undefined) ?? ''])
    for (const { at, key } of echoes) features[at] = writeLossless(given[key])
    const values = keys.flatMap(({ kind }, index) => keyValue(kind, given[index]) ?? [])
    if (values.length < keys.length) return { featureGroupId, httpStatus: 400 }
    const row = read(values)
    if (!row) return { featureGroupId, httpStatus: 404 }
    for (const [index, { at, text }] of columns.entries()) features[at] = textOf(text, row[index] ?? null)
    return { featureGroupId, httpStatus: 200 }
  })
  if (passed)
    for (const [at, { name }] of plan.features.entries()) if (name in passed) features[at] = writeLossless(passed[name])
  const complete = detailedStatus.every(({ httpStatus }) => httpStatus === 200)
  return { features, status: complete ? 'COMPLETE' : 'MISSING', detailedStatus }
}
