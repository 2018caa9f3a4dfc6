const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Milliseconds since 1970; undefined for a text that is no ISO-8601 date and time with an offset. */
export const parseTime = (text: string): number | undefined => {
  const time = form.test(text) ? Date.parse(text.replace(/(\.\d{3})\d+/, '$1')) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
