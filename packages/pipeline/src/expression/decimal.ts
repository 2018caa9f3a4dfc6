/** Digits that a decimal has at most, before and after the point together. */
export const decimalDigits = 18

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/

/** A decimal number as written: an integer and how many of its digits stand after the point; undefined if it is none. */
export const parseDecimal = (text: string): { readonly units: bigint; readonly scale: number } | undefined => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = pattern.exec(text) ?? []
  if (whole === '' && fraction === '') return undefined
  const scale = fraction.length - Number(exponent)
  if (Math.abs(scale) > 400) return undefined
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n)
  return scale < 0 ? { units: digits * 10n ** BigInt(-scale), scale: 0 } : { units: digits, scale }
}

const limit = 10n ** BigInt(decimalDigits)

/** Whether so many units have at most 18 digits. */
export const fitsDecimal = (units: bigint): boolean => units < limit && units > -limit

/** Units from one scale to a larger one. */
export const rescaled = (units: bigint, from: number, to: number): bigint =>
  from === to ? units : units * 10n ** BigInt(to - from)

/** Text as units of a scale; undefined if it is no number, has more digits after the point, or more than 18 in all. */
export const unitsOf = (text: string, scale: number): bigint | undefined => {
  const parsed = parseDecimal(text)
  if (!parsed) return undefined
  const power = 10n ** BigInt(Math.max(0, parsed.scale - scale))
  if (parsed.units % power !== 0n) return undefined
  const units = rescaled(parsed.units / power, Math.min(parsed.scale, scale), scale)
  return fitsDecimal(units) ? units : undefined
}

/** The nearest double. */
export const decimalToDouble = (units: bigint, scale: number): number => Number(`${units}e-${scale}`)

/** Units as text with all digits after the point: 1234n of scale 2 is '12.34'. */
export const formatDecimal = (units: bigint, scale: number): string => {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`
}
