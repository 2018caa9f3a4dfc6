import { AwsError } from '../../../core/errors.ts'
import type { Filter } from './filter.ts'

const term = /\s*(?<sign>[?-]?)(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^\s"?%-][^\s"]*))(?=\s|$)/y

interface Term {
  readonly sign: string
  readonly text: string
}

const termsOf = (pattern: string): Term[] => {
  const terms: Term[] = []
  term.lastIndex = 0
  while (term.lastIndex < pattern.length) {
    const position = term.lastIndex
    const { sign = '', quoted, plain = '' } = term.exec(pattern)?.groups ?? {}
    const text = quoted?.replaceAll(/\\(.)/g, '$1') ?? plain
    if (text === '') {
      const message = `Invalid filter pattern: cannot read ${JSON.stringify(pattern.slice(position).trim())}.`
      throw new AwsError('InvalidParameterException', message)
    }
    terms.push({ sign, text })
  }
  return terms
}

/**
 * `a "b c"` wants all, `?a ?b` wants any, `-a` wants it absent; upper and lower case differ.
 * Beside other terms `?` is ignored, as the documentation of CloudWatch Logs says.
 */
export const compileTerms = (pattern: string): Filter => {
  const terms = termsOf(pattern)
  const signed = (sign: string) => terms.filter((each) => each.sign === sign).map(({ text }) => text)
  const [wanted, unwanted, optional] = [signed(''), signed('-'), signed('?')]
  if (optional.length > 0 && optional.length === terms.length)
    return (message) => optional.some((text) => message.includes(text))
  return (message) => wanted.every((text) => message.includes(text)) && !unwanted.some((text) => message.includes(text))
}
