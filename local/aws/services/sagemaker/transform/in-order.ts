/** Does `work` for several items at once and gives the results in the order of the items. */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncIterable<R> {
  const underWay: Promise<R>[] = []
  for await (const item of items) {
    const result = work(item)
    result.catch(() => {}) // told to the consumer when its turn comes
    underWay.push(result)
    if (underWay.length < atOnce) continue
    const [first] = underWay.splice(0, 1)
    if (first) yield await first
  }
  for (const result of underWay) yield await result
}
