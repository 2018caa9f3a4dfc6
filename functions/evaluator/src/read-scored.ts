import { scoredRow } from '@hopline/workflow'
import { UnusablePredictions } from './errors.ts'
import type { Scored } from './scored.ts'

/**
 * Reads the output of a batch transform whose input was joined to it: one JSON document a line.
 *
 * @throws UnusablePredictions when a line is no scored row, or when not every test row was scored
 */
export const readScored = (lines: string, { uri, rows }: { uri: string; rows: number }): Scored => {
  const scored = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => {
      const parsed = scoredRow.safeParse(JSON.parse(line))
      if (!parsed.success) throw new UnusablePredictions(`${uri}, line ${at + 1}: ${parsed.error.issues[0]?.message}`)
      return parsed.data
    })
  if (scored.length !== rows) {
    throw new UnusablePredictions(`${uri} holds ${scored.length} scored rows; the test split has ${rows}`)
  }
  return {
    labels: Uint8Array.from(scored, (row) => row.label),
    probabilities: Float64Array.from(scored, (row) => row.SageMakerOutput.probability),
    by: scored.map((row) => row.by),
    features: scored.map((row) => row.features),
  }
}
