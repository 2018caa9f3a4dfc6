const timestamp = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?Z?$/

/** A `YYYY-MM-DD HH:MM:SS[.ffffff]` of the vector server in microseconds UTC; undefined when it is none. */
export function parseTimestamp(text: string): bigint | undefined {
  const [, day, time, fraction] = timestamp.exec(text) ?? []
  const ms = Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(ms)) return undefined
  const micros = ms * 1000 // exact, as a multiple of a million that is less than 2^53 × 64
  return fraction === undefined ? BigInt(micros) : BigInt(micros) + BigInt(fraction.padEnd(6, '0'))
}

/** Microseconds UTC as the vector server spells them: for a timestamp among the passed features. */
export function timestampText(micros: bigint): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = new Date(Number((micros - fraction) / 1000n)).toISOString().slice(0, 19).replace('T', ' ')
  return fraction === 0n ? seconds : `${seconds}.${String(fraction).padStart(6, '0')}`
}
