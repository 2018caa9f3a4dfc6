const pattern = /^([+-]?)(\d+)(?:\.(\d+))?$/

/**
 * The unscaled value of a decimal's text in two's complement, highest byte first, as long as Python's fastavro makes it;
 * undefined where the text is no decimal, or has more digits than precision and scale allow.
 */
export function decimalBytes(text: string, precision: number, scale: number): Buffer | undefined {
  const [, sign, whole, fraction = ''] = pattern.exec(text) ?? []
  if (whole === undefined || /[1-9]/.test(fraction.slice(scale))) return undefined
  const magnitude = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'))
  if (magnitude >= 10n ** BigInt(precision)) return undefined
  const bits = magnitude === 0n ? 0 : magnitude.toString(2).length
  const bytes = (bits + 8) >> 3
  const twos = BigInt.asUintN(bytes * 8, sign === '-' ? -magnitude : magnitude)
  return Buffer.from(twos.toString(16).padStart(bytes * 2, '0'), 'hex')
}
