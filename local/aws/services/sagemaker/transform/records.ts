import type { Form } from './forms.ts'
import { UnusableRecord, formOf } from './forms.ts'
import { follow, parsePath } from './json-path.ts'
import type { TransformJobRequest } from './request.ts'

type Request = Pick<TransformJobRequest, 'DataProcessing' | 'TransformInput' | 'TransformOutput'>

const everything = { InputFilter: '$', OutputFilter: '$', JoinSource: 'None' } as const

const filtered = (text: string, path: string, form: Form, what: string) => {
  if (path === '$') return text
  const found = follow(form.read(text, what), parsePath(path) ?? [])
  if (found === undefined) throw new UnusableRecord(`${what} has nothing at ${path}: ${text.slice(0, 100)}`)
  return form.write(found)
}

/** What the model is sent of a record, and what is written for the record and the model's answer. */
export const recordProcessor = ({ DataProcessing = everything, TransformInput, TransformOutput }: Request) => {
  const { InputFilter, OutputFilter, JoinSource } = DataProcessing
  const input = formOf(TransformInput.ContentType)
  const output = formOf(TransformOutput.Accept ?? TransformInput.ContentType)
  if (JoinSource === 'Input' && input !== output)
    throw new UnusableRecord('A join needs the same content type on both sides')
  return {
    toModel: (record: string) => filtered(record, InputFilter, input, 'The input'),
    toOutput: (record: string, answer: string) =>
      filtered(JoinSource === 'Input' ? input.join(record, answer) : answer, OutputFilter, output, 'The output'),
  }
}
