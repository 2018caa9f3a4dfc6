const firstMs = 1000
const longestMs = 600_000

/** Exponential backoff: one second after the first failure, ten minutes at most. AWS adds jitter. */
export const retryDelayMs = (failures: number): number => Math.min(firstMs * 2 ** failures, longestMs)
