const variable = /^<([A-Za-z0-9._-]+)>/

/** The names that a template uses. */
export const templateVariables = (template: string): readonly string[] =>
  [...template.matchAll(/<([A-Za-z0-9._-]+)>/g)].map(([, name]) => name ?? '')

const inText = (value: unknown): string => {
  if (value === undefined) return ''
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1)
  return JSON.stringify(value).replaceAll('"', '')
}

const alone = (value: unknown): string => (value === undefined ? '""' : JSON.stringify(value))

/**
 * Fills an input template: outside of quotes a variable is written as JSON, inside of them as text, an object there
 * without its quotes; one that the event has not is empty.
 */
export const fillTemplate = (template: string, values: Readonly<Record<string, unknown>>): string => {
  let filled = ''
  let quoted = false
  for (let at = 0; at < template.length;) {
    const [whole, name] = variable.exec(template.slice(at)) ?? []
    const character = template.charAt(at)
    if (whole !== undefined && name !== undefined) {
      filled += quoted ? inText(values[name]) : alone(values[name])
      at += whole.length
    } else if (quoted && character === '\\') {
      filled += template.slice(at, at + 2)
      at += 2
    } else {
      if (character === '"') quoted = !quoted
      filled += character
      at++
    }
  }
  return filled
}
