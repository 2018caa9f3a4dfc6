type Unit = 'second' | 'minute' | 'hour' | 'day'

/** A whole number of a unit: '1 hour', '30 minutes'. */
export type Duration = `${number} ${Unit | `${Unit}s`}`

const unitMs: Readonly<Record<string, number>> = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }
const pattern = /^([1-9]\d{0,5}) (second|minute|hour|day)s?$/

/** Whether the text is a positive whole number of a known unit. */
export const isDuration = (text: unknown): text is Duration => typeof text === 'string' && pattern.test(text)

/** Length in milliseconds. Throws a RangeError for what {@link isDuration} refuses. */
export const durationMs = (duration: Duration): number => {
  const [, amount, unit = ''] = pattern.exec(duration) ?? []
  const ms = Number(amount) * (unitMs[unit] ?? Number.NaN)
  if (Number.isNaN(ms)) throw new RangeError(`'${duration}' is not a duration`)
  return ms
}

/** Length in microseconds, the unit of timestamps. */
export const durationMicros = (duration: Duration): bigint => BigInt(durationMs(duration)) * 1000n

/** A whole number of seconds as a duration, in the largest unit that it is a whole number of. */
export const durationOf = (seconds: number): Duration => {
  for (const unit of ['day', 'hour', 'minute'] as const) {
    const amount = (seconds * 1000) / (unitMs[unit] ?? Number.NaN)
    if (Number.isInteger(amount)) return `${amount} ${unit}s`
  }
  return `${seconds} seconds`
}
