import type { Dimension } from './dimensions.ts'
import type { TuningConfig } from './request.ts'

/** A place in every dimension. */
export type Candidate = readonly number[]

/** What a candidate came to; higher is better. */
export interface Result {
  readonly candidate: Candidate
  readonly score: number
}

/** Draws before the stand-in for Bayesian search looks at results. */
const firstDraws = 3
/** How often it searches near the best, and how near. */
const near = { share: 0.7, width: 0.15 }

/** Every combination, the last dimension fastest. */
function* grid(sizes: readonly number[]): Generator<Candidate> {
  const count = sizes.reduce((all, size) => all * size, 1)
  for (let index = 0; index < count; index++) {
    let rest = index
    const steps = sizes.toReversed().map((size) => {
      const step = rest % size
      rest = (rest - step) / size
      return (step + 0.5) / size
    })
    yield steps.toReversed()
  }
}

/** Roughly normal, from -1 to 1. */
const bell = (random: () => number) => (random() + random() + random()) / 1.5 - 1

/**
 * Which candidate is tried next; undefined when there are no more. `Random` draws evenly. `Bayesian` is a stand-in: it
 * draws evenly at first and then mostly near the best result so far, which finds good values but is not SageMaker's
 * model of the objective. `Grid` takes every combination once.
 */
export const candidates = (
  { Strategy, ParameterRanges }: TuningConfig,
  dimensions: readonly Dimension[],
  random: () => number,
) => {
  const all = grid(ParameterRanges.CategoricalParameterRanges.map(({ Values }) => Values.length))
  const anywhere = () => dimensions.map(() => random())
  const nearBest = (results: readonly Result[]) => {
    const [best] = results.toSorted((a, b) => b.score - a.score)
    return (best?.candidate ?? anywhere()).map((place) => {
      const moved = place + bell(random) * near.width
      return Math.min(1, Math.max(0, moved))
    })
  }
  return (results: readonly Result[]): Candidate | undefined => {
    if (Strategy === 'Grid') return all.next().value ?? undefined
    const search = Strategy === 'Bayesian' && results.length >= firstDraws && random() < near.share
    return search ? nearBest(results) : anywhere()
  }
}
