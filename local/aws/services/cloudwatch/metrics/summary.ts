/** What is kept of the values of a stretch of time. */
export interface Summary {
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
  /** Each value with how often it came; undefined when only statistics were put. */
  readonly values?: readonly (readonly [value: number, count: number])[] | undefined
}

export const summaryOf = (values: readonly (readonly [value: number, count: number])[]): Summary => ({
  count: values.reduce((all, [, count]) => all + count, 0),
  sum: values.reduce((all, [value, count]) => all + value * count, 0),
  min: Math.min(...values.map(([value]) => value)),
  max: Math.max(...values.map(([value]) => value)),
  values,
})

const together = (a: NonNullable<Summary['values']>, b: NonNullable<Summary['values']>) => {
  const counts = new Map(a)
  for (const [value, count] of b) counts.set(value, (counts.get(value) ?? 0) + count)
  return [...counts]
}

export const merged = (a: Summary, b: Summary): Summary => ({
  count: a.count + b.count,
  sum: a.sum + b.sum,
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
  values: a.values && b.values && together(a.values, b.values),
})
