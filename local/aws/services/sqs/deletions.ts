import type { Platform } from '../../core/platform.ts'

/** When queues were deleted, by name: a name rests for a minute at AWS's pace. */
export const deletionsOf = ({ store }: Platform) => store.table<number>('sqs.deletions')
export const reuseAfterMs = ({ clock }: Platform): number => clock.pace(60_000)
