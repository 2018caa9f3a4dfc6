/** Castagnoli's CRC, by which Kafka guards a record batch; four tables, four bytes a step. */
const tables = Array.from({ length: 4 }, () => new Int32Array(256))
const table = (index: number): Int32Array => tables[index] ?? new Int32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  table(0)[byte] = value
}
for (let index = 1; index < 4; index++) {
  for (let byte = 0; byte < 256; byte++) {
    const previous = table(index - 1)[byte] ?? 0
    table(index)[byte] = (previous >>> 8) ^ (table(0)[previous & 0xff] ?? 0)
  }
}
const [t0, t1, t2, t3] = [table(0), table(1), table(2), table(3)]

export const crc32c = (bytes: Buffer, from: number, to: number): number => {
  let crc = -1
  let at = from
  for (const last = to - 3; at < last; at += 4) {
    crc ^= bytes.readInt32LE(at)
    crc = (t3[crc & 0xff] ?? 0) ^ (t2[(crc >>> 8) & 0xff] ?? 0) ^ (t1[(crc >>> 16) & 0xff] ?? 0) ^ (t0[crc >>> 24] ?? 0)
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ (t0[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return ~crc >>> 0
}
