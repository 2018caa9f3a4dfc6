/** A record that a filter or a join cannot read. */
export class UnusableRecord extends Error {
  override readonly name = 'UnusableRecord'
}

/** How records of a content type are taken apart and put together. */
export interface Form {
  readonly read: (text: string, what: string) => unknown
  readonly write: (value: unknown) => string
  /** The input's own text, byte for byte, with the answer beside it. */
  readonly join: (input: string, answer: string) => string
}

const parse = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnusableRecord(`${what} is not JSON: ${text.slice(0, 100)}`)
  }
}

const json: Form = {
  read: parse,
  write: (value) => JSON.stringify(value),
  join: (input, output) => {
    const value = parse(input, 'The input')
    const answer = JSON.stringify(parse(output, 'The output'))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return `{"SageMakerInput":${input},"SageMakerOutput":${answer}}`
    }
    const members = input.slice(0, input.lastIndexOf('}')).trimEnd()
    return `${members}${Object.keys(value).length > 0 ? ',' : ''}"SageMakerOutput":${answer}}`
  },
}

/** Fields keep their quotes: what goes out is what came in. */
const csv: Form = {
  read: (text) => text.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)(?=,|$)/g) ?? [],
  write: (value) => (Array.isArray(value) ? value.join(',') : String(value)),
  join: (input, answer) => `${input},${answer}`,
}

/** The form of a content type; everything that is not CSV is read as JSON. */
export const formOf = (contentType: string | undefined): Form =>
  contentType?.split(';')[0]?.trim() === 'text/csv' ? csv : json
