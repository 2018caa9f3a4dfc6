import { AwsError } from '../../../core/errors.ts'
import type { Filter } from './filter.ts'
import { comparison } from './json-comparison.ts'
import type { JsonTest } from './json-comparison.ts'
import { selector } from './json-selector.ts'

const token =
  /\s*(?<text>&&|\|\||[{}()]|<=|>=|!=|[=<>]|"(?:[^"\\]|\\.)*"|\$(?:\.[\w-]+|\[(?:\d+|"[^"]*"|'[^']*')\])*|[^\s{}()=<>!&|"]+)/y

const tokensOf = (pattern: string): string[] => {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < pattern.length) {
    const text = token.exec(pattern)?.groups?.['text']
    if (text === undefined) throw new AwsError('InvalidParameterException', `Invalid filter pattern: ${pattern}`)
    tokens.push(text)
  }
  return tokens
}

const parsed = (message: string): unknown => {
  try {
    return JSON.parse(message) as unknown
  } catch {
    return undefined
  }
}

/** `{ ($.level = "ERROR") && ($.ms > 100 || $.user IS NULL) }`; `&&` binds before `||`. Wants events that are objects. */
export const compileJson = (pattern: string): Filter => {
  const tokens = tokensOf(pattern)
  const take = (expected?: string): string => {
    const next = tokens.shift()
    if (next !== undefined && (expected ?? next) === next) return next
    const found = next === undefined ? 'its end' : `'${next}'`
    const wish = expected === undefined ? '' : `, expected '${expected}'`
    throw new AwsError('InvalidParameterException', `Invalid filter pattern: found ${found}${wish} in ${pattern}`)
  }
  const primary = (): JsonTest => {
    if (tokens[0] !== '(') return comparison(selector(take()), take)
    take('(')
    const inside = any()
    take(')')
    return inside
  }
  const all = (): JsonTest => {
    const tests = [primary()]
    while (tokens[0] === '&&') {
      take()
      tests.push(primary())
    }
    return (value) => tests.every((test) => test(value))
  }
  const any = (): JsonTest => {
    const tests = [all()]
    while (tokens[0] === '||') {
      take()
      tests.push(all())
    }
    return (value) => tests.some((test) => test(value))
  }
  take('{')
  const test = any()
  take('}')
  if (tokens.length > 0) take('its end')
  return (message) => {
    const value = parsed(message)
    return typeof value === 'object' && value !== null && test(value)
  }
}
