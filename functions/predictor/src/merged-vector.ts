import type { Vector } from '@hopline/hopsworks/vectors'

const gravest = ['ERROR', 'MISSING'] as const

/** One vector out of those of several views: a feature that two of them hold is the same in both. */
export const mergedVector = (vectors: readonly Vector[]): Vector => ({
  values: Object.assign({}, ...vectors.map(({ values }) => values)),
  status: gravest.find((status) => vectors.some((vector) => vector.status === status)) ?? 'COMPLETE',
  groups: vectors.flatMap(({ groups }) => groups),
})
