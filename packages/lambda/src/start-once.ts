/** Runs `start` for the first caller and gives its result to all others; after a failure the next caller starts again. */
export const startOnce = <T>(start: () => T | Promise<T>): (() => Promise<T>) => {
  let started: Promise<T> | undefined
  return () => {
    started ??= (async () => start())().catch((error: unknown) => {
      started = undefined
      throw error
    })
    return started
  }
}
