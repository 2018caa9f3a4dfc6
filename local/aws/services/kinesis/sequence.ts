import { perPlatform } from '../../core/per-platform.ts'

const perMillisecond = 24n
const digits = 54

const sequenceOf = (value: bigint): string => `49${String(value).padStart(digits, '0')}`
const valueOf = (sequence: string): bigint => BigInt(sequence.slice(2))

/** A function that gives sequence numbers: 56 digits that grow from record to record and tell the time of arrival. */
export const sequencesOf = perPlatform(({ clock }) => {
  let last = 0n
  return (): string => {
    const now = BigInt(clock.now()) << perMillisecond
    last = now > last ? now : last + 1n
    return sequenceOf(last)
  }
})

export const isSequence = (text: string): boolean => /^49\d{54}$/.test(text)

/** The lowest number that a record of that moment can have. */
export const firstSequenceAt = (ms: number): string => sequenceOf(BigInt(Math.max(0, Math.ceil(ms))) << perMillisecond)

/** The number just below, so that what follows it begins with `sequence`. */
export const sequenceBefore = (sequence: string): string => {
  const value = valueOf(sequence)
  return sequenceOf(value > 0n ? value - 1n : value)
}

/** Milliseconds since 1970. */
export const arrivalOf = (sequence: string): number => Number(valueOf(sequence) >> perMillisecond)
