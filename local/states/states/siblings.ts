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
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) {
      if (signal.aborted) return
      try {
        results[index] = await work(item, index, signal)
      } catch (error) {
        failure ??= { error }
        end.abort(new Interruption('sibling-failed'))
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  if (failure) throw failure.error
  outer.throwIfAborted()
  return results
}
