/** Puts records together up to a number of bytes, line feeds included; `largestBytes` 0 means one batch. */
export async function* batches<T extends { readonly sent: string }>(
  records: AsyncIterable<T>,
  { single, largestBytes }: { single: boolean; largestBytes: number },
): AsyncIterable<T[]> {
  let batch: T[] = []
  let bytes = 0
  for await (const record of records) {
    const size = Buffer.byteLength(record.sent) + 1
    if (batch.length > 0 && (single || (largestBytes > 0 && bytes + size > largestBytes))) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(record)
    bytes += size
  }
  if (batch.length > 0) yield batch
}
