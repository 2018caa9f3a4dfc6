import { writeVarint } from './varint.ts'

/** The headers of a record, encoded once for many records. */
export function recordHeaders(headers: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(headers)
  const buffer = Buffer.alloc(
    5 + entries.reduce((sum, [key, value]) => sum + 10 + key.length * 3 + value.length * 3, 0),
  )
  let at = writeVarint(buffer, 0, entries.length)
  for (const text of entries.flat()) {
    at = writeVarint(buffer, at, Buffer.byteLength(text))
    at += buffer.write(text, at)
  }
  return buffer.subarray(0, at)
}
