import type { Value } from '../value.ts'

/** Why a row is refused, for machines; docs/contract.md says what each means. */
export const reasons = [
  'null',
  'wrong-type',
  'out-of-bounds',
  'too-long',
  'too-precise',
  'not-allowed',
  'bad-timestamp',
  'no-time-zone',
  'wrong-unit',
  'bad-date',
  'not-unicode',
] as const
export type Reason = (typeof reasons)[number]

export interface Refusal {
  readonly reason: Reason
  /** For people: what is wrong with which value. */
  readonly detail: string
}

export const isRefusal = (read: Value | Refusal): read is Refusal => typeof read === 'object' && read !== null

/** A raw value for people: short. */
export const shown = (raw: unknown): string => {
  if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'bigint') return `a ${typeof raw}`
  const text = typeof raw === 'string' ? `'${raw}'` : String(raw)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

export const wrongType = (raw: unknown, wanted: string): Refusal => ({
  reason: 'wrong-type',
  detail: `${shown(raw)} is not ${wanted}`,
})
