import type { ChoiceRule } from '../../definition.ts'
import { kinds } from '../../json.ts'
import type { Json } from '../../json.ts'
import { comparisons } from './comparisons.ts'
import { stringMatches } from './string-matches.ts'
import { typeTests } from './type-tests.ts'

/** Reads the paths of a rule. */
export interface Reader {
  /** Throws the StateError of a path that leads nowhere. */
  value(path: string): Json
  present(path: string): boolean
}

/** The one operator of a rule without And, Or and Not, and its operand. */
export const operatorOf = (rule: object): [operator: string, operand: Json] | undefined =>
  Object.entries(rule).find(([name]) => isOperator(name))

const isOperator = (name: string) =>
  name === 'IsPresent' ||
  name === 'StringMatches' ||
  typeTests.has(name) ||
  comparisons.has(name) ||
  comparisons.has(name.replace(/Path$/, ''))

const compares = (variable: string, operator: string, operand: Json, reader: Reader): boolean => {
  if (operator === 'IsPresent') return reader.present(variable) === operand
  const value = reader.value(variable)
  const test = typeTests.get(operator)
  if (test) return test(value) === operand
  if (operator === 'StringMatches')
    return kinds.string.is(value) && kinds.string.is(operand) && stringMatches(value, operand)
  const literal = comparisons.get(operator)
  if (literal) return literal(value, operand)
  const compare = comparisons.get(operator.replace(/Path$/, ''))
  return compare !== undefined && kinds.string.is(operand) && compare(value, reader.value(operand))
}

/** Whether a rule of a Choice in JSONPath holds. */
export const holds = ({ And, Or, Not, Variable = '', ...rule }: ChoiceRule, reader: Reader): boolean => {
  if (And) return And.every((inner) => holds(inner, reader))
  if (Or) return Or.some((inner) => holds(inner, reader))
  if (Not) return !holds(Not, reader)
  const [operator, operand] = operatorOf(rule) ?? []
  return operator !== undefined && operand !== undefined && compares(Variable, operator, operand, reader)
}
