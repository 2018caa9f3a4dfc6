import { follow, parsePath } from './json-path.ts'
import type { TransformJobRequest } from './request.ts'

type Processing = NonNullable<TransformJobRequest['DataProcessing']>

/** A record that the filters or the join cannot read. */
export class UnusableRecord extends Error {
  override readonly name = 'UnusableRecord'
}

const parse = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnusableRecord(`${what} is not JSON: ${text.slice(0, 100)}`)
  }
}

const filtered = (text: string, path: string, what: string) => {
  if (path === '$') return text
  const found = follow(parse(text, what), parsePath(path) ?? [])
  if (found === undefined) throw new UnusableRecord(`${what} has nothing at ${path}: ${text.slice(0, 100)}`)
  return JSON.stringify(found)
}

/** The input's own text, byte for byte, with the answer as one more member of its object. */
const joined = (input: string, output: string) => {
  const value = parse(input, 'The input')
  const answer = JSON.stringify(parse(output, 'The output'))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `{"SageMakerInput":${input},"SageMakerOutput":${answer}}`
  }
  const members = input.slice(0, input.lastIndexOf('}')).trimEnd()
  return `${members}${Object.keys(value).length > 0 ? ',' : ''}"SageMakerOutput":${answer}}`
}

/** What the model is sent of a record, and what is written for the record and the model's answer. */
export const recordProcessor = ({ InputFilter, OutputFilter, JoinSource }: Processing) => ({
  toModel: (record: string) => filtered(record, InputFilter, 'The input'),
  toOutput: (record: string, answer: string) =>
    filtered(JoinSource === 'Input' ? joined(record, answer) : answer, OutputFilter, 'The output'),
})
