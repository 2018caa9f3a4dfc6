import type { TestRow } from '@hopline/workflow'

/** Scored test rows, column by column: the label, the model's probability of it, and what slices go by. */
export interface Scored {
  /** 0 or 1. */
  readonly labels: Uint8Array
  /** Between 0 and 1. */
  readonly probabilities: Float64Array
  readonly features: readonly TestRow['features'][]
  readonly by: readonly Readonly<Record<string, unknown>>[]
}

/** The rows at the given positions, in that order. */
export const rowsOf = ({ labels, probabilities, by, features }: Scored, positions: readonly number[]): Scored => ({
  labels: Uint8Array.from(positions, (at) => labels[at] ?? 0),
  probabilities: Float64Array.from(positions, (at) => probabilities[at] ?? 0),
  features: positions.map((at) => features[at] ?? {}),
  by: positions.map((at) => by[at] ?? {}),
})
