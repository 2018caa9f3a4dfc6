import { fieldProblems, inWords } from '@hopline/lambda'
import { scoredRow } from '@hopline/workflow'
import { UnusablePredictions } from './errors.ts'
import type { Scored } from './scored.ts'

/**
 * Reads the output of a batch transform whose input was joined to it: one JSON document a line.
 *
 * @throws UnusablePredictions when a line is no scored row, or when not every test row was scored once and in its place:
 * models are compared row by row
 */
export const readScored = (lines: string, { uri, rows }: { uri: string; rows: number }): Scored => {
  const scored = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => {
      const unusable = (why: string) => new UnusablePredictions(`${uri}, line ${at + 1}: ${why}`)
      const parsed = scoredRow.safeParse(jsonOf(line))
      if (!parsed.success) throw unusable(inWords(fieldProblems(parsed.error)))
      if (parsed.data.row !== at) throw unusable(`it is about row ${parsed.data.row}, not ${at}`)
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

/** What is no JSON is no row either; the parser's own words would repeat the text. */
const jsonOf = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
