/** Where training data is written to: a bucket, or a folder of HopsFS. */
export interface Sink {
  put(key: string, body: Buffer): Promise<void>
  /** Deletes everything whose key starts with the prefix, which ends with `/`. */
  clear(prefix: string): Promise<void>
  close(): void
}
