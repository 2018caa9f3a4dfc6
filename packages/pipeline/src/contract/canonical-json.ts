/** JSON of which every equal value has one text: keys sorted by UTF-16 code units, no space, numbers as ECMAScript writes them (RFC 8785). */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is no JSON`)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.keys(value)
    .toSorted()
    .flatMap((key) => {
      const held: unknown = Reflect.get(value, key)
      return held === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(held)}`]
    })
  return `{${members.join(',')}}`
}

/** Whether two values have the same canonical JSON. */
export const sameJson = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)
