import { InvalidPattern } from './invalid-pattern.ts'
import type { Test } from './leaf.ts'

const compare: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
}

const isLower = (operator: unknown) => operator === '>' || operator === '>='
const isUpper = (operator: unknown) => operator === '<' || operator === '<='

const side = (operator: unknown, bound: unknown) => {
  if (typeof operator !== 'string') throw new InvalidPattern(`Invalid member in numeric match: ${String(operator)}`)
  const test = Object.hasOwn(compare, operator) ? compare[operator] : undefined
  if (!test) throw new InvalidPattern(`Unrecognized numeric range operator: ${operator}`)
  if (typeof bound !== 'number')
    throw new InvalidPattern(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`)
  return { bound, test: (value: number) => test(value, bound) }
}

/** `{"numeric": [">", 0, "<=", 5]}`: one comparison, or a lower and then an upper bound. */
export const numeric = (operand: unknown): Test => {
  if (!Array.isArray(operand)) throw new InvalidPattern('Value of numeric must be an array.')
  const [first, low, second, high, ...rest]: readonly unknown[] = operand
  const { bound: bottom, test: fits } = side(first, low)
  if (operand.length === 2) return (value) => typeof value === 'number' && fits(value)
  if (!isLower(first)) throw new InvalidPattern('Too many elements in numeric expression')
  if (!isUpper(second)) throw new InvalidPattern(`Bad numeric range operator: ${String(second)}`)
  const { bound: top, test: fitsToo } = side(second, high)
  if (rest.length > 0) throw new InvalidPattern('Too many terms in numeric range expression')
  if (bottom >= top) throw new InvalidPattern('Bottom must be less than top')
  return (value) => typeof value === 'number' && fits(value) && fitsToo(value)
}
