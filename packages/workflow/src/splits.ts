import type { Splits } from './contracts/train-model.ts'

const dayMs = 86_400_000

/** How far back training looks, and how much of the newest time is held out, in milliseconds. */
export interface SplitLengths {
  historyMs: number
  validationMs: number
  testMs: number
}

/** Thrown when the history is not longer than what is held out of it. */
export class NothingToTrainOn extends Error {
  override readonly name = 'NothingToTrainOn'
}

/**
 * Splits by time, newest last: test ends with the UTC day of the newest event, validation ends where test starts, and
 * training where validation starts. Bounds are epoch milliseconds, `end` exclusive.
 */
export const splitsOf = (newestEventMs: number, { historyMs, validationMs, testMs }: SplitLengths): Splits => {
  if (historyMs <= validationMs + testMs) {
    throw new NothingToTrainOn('train.history must be longer than train.holdout')
  }
  const end = (Math.floor(newestEventMs / dayMs) + 1) * dayMs
  const test = { start: end - testMs, end }
  const validation = { start: test.start - validationMs, end: test.start }
  return { train: { start: end - historyMs, end: validation.start }, validation, test }
}
