import jsonata from 'jsonata'
import { isObject } from '../json.ts'
import type { Json } from '../json.ts'
import { functions } from './functions.ts'

const written = /^\{%(.*)%\}$/s

/** The JSONata inside `{% … %}`, trimmed; undefined for a text that is only text. */
export const expressionIn = (text: string): string | undefined => written.exec(text)?.[1]?.trim()

/** Why an expression has no value. `problem` continues AWS's sentence `The JSONata expression '…' specified for the field '…'`. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly problem: string
  constructor(problem: string) {
    super(problem)
    this.problem = problem
  }
}

const compiled = new Map<string, jsonata.Expression>()
const compiledExpressions = 1000

/** Throws JSONata's own error, with `code` and `position`, when the source is no expression. */
export const compile = (source: string): jsonata.Expression => {
  const known = compiled.get(source)
  if (known) return known
  const expression = jsonata(source)
  for (const [name, { run, signature }] of Object.entries(functions)) {
    expression.registerFunction(name, run, signature)
  }
  expression.assign('eval', undefined)
  if (compiled.size >= compiledExpressions) compiled.clear()
  compiled.set(source, expression)
  return expression
}

/** What JSONata says about an expression: `S0201: Syntax error: …`. Its errors are no `Error`s. */
export const reasonOf = (error: unknown): string => {
  if (!isObject(error)) return String(error)
  const { code, message } = error
  return typeof code === 'string' ? `${code}: ${String(message)}` : String(message)
}

const isFunction = (value: unknown) =>
  typeof value === 'function' ||
  (typeof value === 'object' && value !== null && ('_jsonata_function' in value || '_jsonata_lambda' in value))

const asJson = (value: unknown): Json => {
  if (isFunction(value)) throw new ExpressionError('returned an unsupported result type.')
  const text = JSON.stringify(value, (_, member: unknown) => {
    if (isFunction(member)) throw new ExpressionError('returned an unsupported result type.')
    return member
  })
  const json: Json = JSON.parse(text)
  return json
}

const evaluated = async (source: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> => {
  try {
    return await compile(source).evaluate(undefined, variables)
  } catch (error) {
    throw new ExpressionError(`threw an error during evaluation. ${reasonOf(error)}`)
  }
}

/** The expression's value, or ExpressionError: it throws, it has no value, or its value is no JSON. */
export const evaluate = async (source: string, variables: Readonly<Record<string, unknown>>): Promise<Json> => {
  const value = await evaluated(source, variables)
  if (value === undefined) throw new ExpressionError('returned nothing (undefined).')
  return asJson(value)
}
