import type { WaitState } from '../definition.ts'
import { parseTime } from '../iso-time.ts'
import { kinds } from '../json.ts'
import type { Json } from '../json.ts'
import type { Sight } from '../language.ts'
import type { Roots } from './path/read-path.ts'
import { readField } from './paths.ts'

const shown = (value: Json) => (kinds.string.is(value) ? value : JSON.stringify(value))

/** How long a Wait lasts, by Seconds, SecondsPath, Timestamp or TimestampPath. */
export const delayMs = (
  sight: Sight,
  { SecondsPath, TimestampPath, Seconds, Timestamp }: WaitState,
  roots: Roots,
  now: number,
): number => {
  const refusal = (message: string) => sight.failure('States.Runtime', message)
  if (Seconds !== undefined) return Number(Seconds) * 1000
  if (SecondsPath !== undefined) {
    const value = readField(sight, SecondsPath, roots)
    if (!kinds.number.is(value) || !Number.isInteger(value)) {
      throw refusal(`The SecondsPath parameter cannot be parsed as a long value: ${SecondsPath} == ${shown(value)}`)
    }
    if (value < 0) throw refusal(`The SecondsPath parameter references a negative value: ${SecondsPath} == ${value}`)
    return value * 1000
  }
  const text = TimestampPath === undefined ? Timestamp : readField(sight, TimestampPath, roots)
  const time = text !== undefined && kinds.string.is(text) ? parseTime(text) : undefined
  if (time !== undefined) return Math.max(0, time - now)
  const problem = 'does not reference a valid ISO-8601 extended offset date-time format string'
  throw refusal(`The TimestampPath parameter ${problem}: ${TimestampPath} == ${shown(text ?? null)}`)
}
