import { Interruption } from '../errors.ts'

/**
 * Runs work side by side, at most `limit` at a time, in order. The first error ends the others: their signal is aborted,
 * they are waited for, and the error is thrown.
 */
export const siblings = async <T, R>(
  items: readonly T[],
  limit: number,
  outer: AbortSignal,
  work: (item: T, index: number, signal: AbortSignal) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = []
  const end = new AbortController()
  const signal = AbortSignal.any([outer, end.signal])
  let failure: { error: unknown } | undefined
  let next = 0
  const worker = async () => {
    while (next < items.length && !signal.aborted) {
      const index = next++
      try {
        results[index] = await work(items[index] as T, index, signal)
      } catch (error) {
        failure ??= { error }
        end.abort(new Interruption('sibling-failed'))
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  if (failure) throw failure.error
  return results
}
