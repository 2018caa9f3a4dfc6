/** Documents of one kind, by key, in the order of their keys. Every write is durable before it returns. */
export interface Table<T> {
  get(key: string): T | undefined
  put(key: string, value: T): void
  delete(key: string): boolean
  /** Entries whose key starts with `prefix`, after `after` (exclusive), at most `limit`. */
  list(options?: { prefix?: string; after?: string; limit?: number }): { key: string; value: T }[]
}

/** The durable state of the platform: `store.table<TrainingJob>('sagemaker.training-jobs')`. */
export interface Store {
  table<T>(name: string): Table<T>
  /** Grows whenever documents of a kind may have changed: what was read before may be out of date. */
  version(kind: string): number
  /** All or nothing. */
  transaction<R>(work: () => R): R
  close(): void
}
