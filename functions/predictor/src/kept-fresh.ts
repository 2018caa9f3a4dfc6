/** A value that is read once before it is used, and then behind the back of those who use it. */
export interface KeptFresh<T> {
  /** The value as it is known. */
  get(): Promise<T>
  /** The value as it is now, if it can be read. */
  reread(): Promise<T>
}

interface Options {
  /** Older than that, it is read anew while the known one is used. */
  maxAgeMs?: number
  now?: () => number
}

/** Keeps what `read` gives, which is told what is known. Where it fails, the last known value stays; at first that is `initial`. */
export const keptFresh = <T extends object>(
  initial: () => T,
  read: (known: T | undefined) => Promise<T>,
  { maxAgeMs = 30_000, now = Date.now }: Options = {},
): KeptFresh<T> => {
  let known: T | undefined
  let readAt = 0
  let reading: Promise<T> | undefined

  const readOnce = async () => {
    readAt = now()
    try {
      return (known = await read(known))
    } catch {
      return (known ??= initial())
    } finally {
      reading = undefined
    }
  }
  const reread = () => (reading ??= readOnce())
  return {
    get: async () => {
      if (known === undefined) return reread()
      if (now() - readAt >= maxAgeMs) void reread()
      return known
    },
    reread,
  }
}
