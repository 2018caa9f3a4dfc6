import type { Kind } from '../columns/column-type.ts'

const day = /^\d{4}-\d{2}-\d{2}$/

/** A key's value as the online store holds it; undefined when the entry has the wrong type. */
export const keyValue = (kind: Kind, value: unknown): bigint | string | Buffer | undefined => {
  switch (kind) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      if (typeof value === 'bigint') return value === BigInt.asIntN(64, value) ? value : undefined
      return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined
    case 'boolean':
      return value === true || value === 1 ? 1n : value === false || value === 0 ? 0n : undefined
    case 'string':
      return typeof value === 'string' ? value : undefined
    case 'date':
      return typeof value === 'string' && day.test(value) ? BigInt(Date.parse(value) / 86_400_000) : undefined
    case 'binary':
      return typeof value === 'string' ? Buffer.from(value, 'base64') : undefined
    default:
      return undefined
  }
}
