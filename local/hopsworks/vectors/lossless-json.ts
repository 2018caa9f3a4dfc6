/** Parses JSON and keeps integers beyond 2^53, as bigint. */
export const parseLossless = (text: string): unknown => {
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    const source = context?.source
    const rounded = typeof value === 'number' && source !== undefined && !Number.isSafeInteger(value)
    return rounded && /^-?\d+$/.test(source) ? BigInt(source) : value
  })
}

/** Writes a value as JSON; a bigint is an integer. */
export const writeLossless = (value: unknown): string => {
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return `[${value.map(writeLossless).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  return `{${Object.entries(value)
    .map(([name, item]) => `${JSON.stringify(name)}:${writeLossless(item)}`)
    .join(',')}}`
}
