const dayMs = 86_400_000

/** Days since 1970 of `YYYY-MM-DD`; undefined where there is no such day. */
export function epochDay(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  const ms = Date.parse(text)
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text)) return undefined
  return ms / dayMs
}
