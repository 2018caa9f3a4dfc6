import { AwsError } from '../errors.ts'
import { isRecord } from '../is-record.ts'

/** JSON as AWS writes it: a `Date` is seconds since 1970, bytes are base64. */
export const writeJson = (value: unknown): string => JSON.stringify(plain(value) ?? {})

const plain = (value: unknown): unknown => {
  if (value instanceof Date) return value.getTime() / 1000
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
}

export const readJson = (body: Buffer): Record<string, unknown> => {
  if (body.length === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(body.toString())
  } catch {
    throw new AwsError('SerializationException', 'The body is not JSON.')
  }
  if (!isRecord(value)) throw new AwsError('SerializationException', 'The body is not a JSON object.')
  return value
}
