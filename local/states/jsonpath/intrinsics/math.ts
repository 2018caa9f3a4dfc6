import { seededRandom } from '../../seeded-random.ts'
import { IntrinsicProblem } from './given.ts'
import type { Given, Intrinsics } from './given.ts'

/** From `start` to below `end`. */
const random = (given: Given) => {
  const start = given.integer()
  const end = given.integer()
  if (end <= start) throw new IntrinsicProblem('The end must be greater than the start')
  return start + Math.floor(seededRandom(given.left > 0 ? given.integer() : undefined) * (end - start))
}

export const math: Intrinsics = {
  MathRandom: random,
  /** Both are rounded before they are added; `+ 0` is for a sum of minus zero. */
  MathAdd: (given) => given.integer() + given.integer() + 0,
}
