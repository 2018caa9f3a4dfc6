import { perPlatform } from '../../../core/per-platform.ts'
import { seededRandom } from '../../../core/seeded-random.ts'

/** Draws for weights, shares and samples: the same after each start, so that a run can be done again. */
export const chance = perPlatform(() => seededRandom(1))
