/** Runs `work` for each item, at most `limit` at a time; results are in the order of the items. The first failure fails all. */
export const atMost = async <T, R>(limit: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
  const results = Array.from<R>({ length: items.length })
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}
