import type { RequestContext } from './request-context.ts'

const any: unique symbol = Symbol('any run of characters')
const one: unique symbol = Symbol('any one character')

/** A character, a wildcard, or a policy variable with the value that stands in where the request has none. */
type Part = string | typeof any | typeof one | { readonly variable: string; readonly otherwise?: string | undefined }
type Token = string | typeof any | typeof one

/** A pattern of IAM: `*` any run of characters, `?` any one, `${aws:userid}` a variable, `${*}` the character itself. */
export type Pattern = readonly Part[]

const variable = /^\$\{(?:([*?$])|([\w:/.@+=-]+)(?:\s*,\s*'([^']*)')?)\}/

/** `wildcards: false` reads `*` and `?` as themselves; policies before 2012-10-17 have no variables. */
export const parsePattern = (
  text: string,
  { variables, wildcards = true }: { variables: boolean; wildcards?: boolean },
): Pattern => {
  const parts: Part[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    const [whole, literal, name, otherwise] = (variables && character === '$' && variable.exec(text.slice(at))) || []
    if (whole === undefined)
      parts.push(wildcards && character === '*' ? any : wildcards && character === '?' ? one : character)
    else parts.push(literal ?? { variable: name ?? '', otherwise })
    at += (whole?.length ?? 1) - 1
  }
  return parts
}

const isToken = (part: Part): part is Token => typeof part !== 'object'

/** The parts with their variables filled in, or undefined when the request lacks one of them. */
const filled = (parts: Pattern, context: RequestContext): readonly Token[] | undefined => {
  const tokens: Token[] = []
  for (const part of parts) {
    if (isToken(part)) {
      tokens.push(part)
      continue
    }
    const value = context(part.variable)?.[0] ?? part.otherwise
    if (value === undefined) return undefined
    tokens.push(...value.split(''))
  }
  return tokens
}

/** Whether the whole text fits, in time of at most pattern times text: it goes back to the last `*` only. */
const matches = (tokens: readonly Token[], text: string): boolean => {
  let [token, at, star, resume] = [0, 0, -1, 0]
  while (at < text.length) {
    if (tokens[token] === any) {
      star = token++
      resume = at
    } else if (tokens[token] === one || tokens[token] === text[at]) {
      token++
      at++
    } else if (star >= 0) {
      token = star + 1
      at = ++resume
    } else return false
  }
  while (tokens[token] === any) token++
  return token === tokens.length
}

/** Whether a text is what the pattern means in a request. */
export type Fits = (text: string, context: RequestContext) => boolean

export const fitting = (pattern: Pattern): Fits => {
  if (pattern.every((part) => typeof part === 'string')) {
    const literal = pattern.join('')
    return (text) => text === literal
  }
  if (pattern.every(isToken)) return (text) => matches(pattern, text)
  return (text, context) => {
    const tokens = filled(pattern, context)
    return tokens !== undefined && matches(tokens, text)
  }
}
