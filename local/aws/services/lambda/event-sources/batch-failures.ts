import * as z from 'zod'

const response = z.union([
  z.null(),
  z.array(z.never()),
  z.looseObject({ batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string().min(1) })).nullish() }),
])

/**
 * Which items a function says it failed on, by `ReportBatchItemFailures`: none for an empty answer, and all of them
 * for an answer that cannot be understood or that names an item which was not in the batch.
 */
export const failedItems = (payload: string, all: readonly string[]): readonly string[] => {
  const { success, data } = response.safeParse(JSON.parse(payload))
  if (!success) return all
  const failures = data === null || Array.isArray(data) ? [] : (data.batchItemFailures ?? [])
  const failed = failures.map(({ itemIdentifier }) => itemIdentifier)
  return failed.every((item) => all.includes(item)) ? failed : all
}
