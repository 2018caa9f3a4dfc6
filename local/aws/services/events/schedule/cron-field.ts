/** The values that a field of a cron expression can have, and their names. */
export interface FieldRange {
  readonly low: number
  readonly high: number
  readonly names?: readonly string[]
}

const digits = /^\d{1,4}$/

/** One value by number or name; undefined outside of the range. */
export const cronValue = (text: string, { low, high, names = [] }: FieldRange): number | undefined => {
  const named = names.indexOf(text.toUpperCase())
  if (named >= 0) return named + low
  const value = Number(text)
  return digits.test(text) && value >= low && value <= high ? value : undefined
}

const span = (part: string, range: FieldRange): readonly number[] | undefined => {
  const [, from = '', to, step] = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d{1,4}))?$/.exec(part) ?? []
  const first = from === '*' ? range.low : cronValue(from, range)
  const open = from === '*' || step !== undefined
  const last = to === undefined ? (open ? range.high : first) : cronValue(to, range)
  const every = Number(step ?? 1)
  if (first === undefined || last === undefined || first > last || every === 0) return undefined
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, index) => first + index * every)
}

/** Reads `*`, `5`, `MON-FRI`, `0/15` and lists of them; undefined for anything else. */
export const cronField = (text: string, range: FieldRange): ReadonlySet<number> | undefined => {
  const spans = text.split(',').map((part) => span(part, range))
  if (spans.includes(undefined)) return undefined
  return new Set(spans.flatMap((values) => values ?? []))
}
