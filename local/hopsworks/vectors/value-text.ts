import type { Kind } from '../columns/column-type.ts'

type Stored = null | number | bigint | string | Uint8Array

const perDay = 86_400_000

const timestamp = (micros: bigint): string => {
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = (micros - rest) / 1_000n
  const text = new Date(Number(seconds)).toISOString()
  const fraction = rest === 0n ? '' : `.${rest.toString().padStart(6, '0')}`
  return `"${text.slice(0, 10)} ${text.slice(11, 19)}${fraction}"`
}

const shortest = (value: number): string => {
  const short = Number(value.toPrecision(7))
  return String(Math.fround(short) === value ? short : value)
}

/** How the feature server writes a stored value of this kind as JSON. */
export const valueText = (kind: Kind, value: Stored): string => {
  if (value === null) return 'null'
  switch (kind) {
    case 'timestamp':
      return timestamp(typeof value === 'bigint' ? value : BigInt(Number(value)))
    case 'date':
      return `"${new Date(Number(value) * perDay).toISOString().slice(0, 10)}"`
    case 'float':
    case 'double': {
      const number = Number(value)
      if (!Number.isFinite(number)) return 'null'
      return kind === 'float' ? shortest(number) : String(number)
    }
    case 'string':
      return JSON.stringify(value)
    case 'binary':
      return value instanceof Uint8Array ? `"${Buffer.from(value).toString('base64')}"` : 'null'
    default:
      return String(value)
  }
}
