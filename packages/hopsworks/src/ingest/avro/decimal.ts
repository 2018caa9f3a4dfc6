const pattern = /^([+-]?)(\d+)(?:\.(\d+))?$/

/** The units of a decimal's text: 1230 for `12.30` at scale 2; undefined where it is no decimal, or has more digits. */
function unitsOf(text: string, scale: number): bigint | undefined {
  const [, sign, whole, fraction = ''] = pattern.exec(text) ?? []
  if (whole === undefined || /[1-9]/.test(fraction.slice(scale))) return undefined
  const magnitude = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'))
  return sign === '-' ? -magnitude : magnitude
}

/**
 * The unscaled value of a decimal, given as text or in units, in two's complement, highest byte first, as long as
 * Python's fastavro makes it; undefined where it is no decimal, or has more digits than precision and scale allow.
 */
export function decimalBytes(value: string | bigint, precision: number, scale: number): Buffer | undefined {
  const units = typeof value === 'string' ? unitsOf(value, scale) : value
  if (units === undefined) return undefined
  const magnitude = units < 0n ? -units : units
  if (magnitude >= 10n ** BigInt(precision)) return undefined
  const bits = magnitude === 0n ? 0 : magnitude.toString(2).length
  const bytes = (bits + 8) >> 3
  const twos = BigInt.asUintN(bytes * 8, units)
  return Buffer.from(twos.toString(16).padStart(bytes * 2, '0'), 'hex')
}
