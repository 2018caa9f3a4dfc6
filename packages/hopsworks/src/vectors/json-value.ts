import type { Value } from '../value.ts'

/** A value as JSON: big integers digit by digit, bytes as base64; undefined for what JSON cannot hold. */
export function jsonOf(value: Value): string | undefined {
  if (typeof value === 'bigint') return textOf(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  if (value instanceof Uint8Array) return `"${Buffer.from(value).toString('base64')}"`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const parts = isArray(value)
    ? value.map(jsonOf)
    : Object.entries(value).map(([name, one]) => {
        const json = jsonOf(one)
        return json === undefined ? undefined : `${JSON.stringify(name)}:${json}`
      })
  if (parts.includes(undefined)) return undefined
  return isArray(value) ? `[${parts.join()}]` : `{${parts.join()}}`
}

const isArray = (value: Value): value is readonly Value[] => Array.isArray(value)

/** `String(integer)`, at half of its cost for one that a number can hold. */
function textOf(integer: bigint): string {
  const near = Number(integer)
  return String(Number.isSafeInteger(near) ? near : integer)
}
