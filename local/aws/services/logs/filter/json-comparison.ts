import { AwsError } from '../../../core/errors.ts'
import type { Selector } from './json-selector.ts'

export type JsonTest = (value: unknown) => boolean

const invalid = (message: string) => new AwsError('InvalidParameterException', `Invalid filter pattern: ${message}`)

const orders: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

/** `*` stands for anything. */
const textMatcher = (text: string) => {
  const parts = text.split('*').map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}

const equality = (operand: string): JsonTest => {
  if (operand.startsWith('%')) throw invalid('regular expressions are not served here.')
  if (!operand.startsWith('"') && operand !== '' && !Number.isNaN(Number(operand)))
    return (found) => typeof found === 'number' && found === Number(operand)
  const matcher = textMatcher(operand.startsWith('"') ? operand.slice(1, -1).replaceAll(/\\(.)/g, '$1') : operand)
  return (found) => typeof found === 'string' && matcher.test(found)
}

const states: Readonly<Record<string, JsonTest>> = {
  NULL: (found) => found === null,
  TRUE: (found) => found === true,
  FALSE: (found) => found === false,
}

/** Reads what stands behind a selector: `= 1`, `!= "a*"`, `< 3`, `IS NULL`, `IS TRUE`, `NOT EXISTS`. */
export const comparison = (select: Selector, take: (expected?: string) => string): JsonTest => {
  const operator = take()
  if (operator === 'NOT') {
    take('EXISTS')
    return (value) => select(value) === undefined
  }
  const operand = take()
  if (operator === 'IS') {
    const state = states[operand]
    if (!state) throw invalid(`IS takes NULL, TRUE or FALSE, not '${operand}'.`)
    return (value) => state(select(value))
  }
  const order = orders[operator]
  if (order) {
    const bound = Number(operand)
    if (Number.isNaN(bound)) throw invalid(`${operator} takes a number, not '${operand}'.`)
    return (value) => {
      const found = select(value)
      return typeof found === 'number' && order(found, bound)
    }
  }
  const equals = equality(operand)
  if (operator === '=') return (value) => equals(select(value))
  if (operator === '!=')
    return (value) => {
      const found = select(value)
      return found !== undefined && !equals(found)
    }
  throw invalid(`'${operator}' is not an operator.`)
}
