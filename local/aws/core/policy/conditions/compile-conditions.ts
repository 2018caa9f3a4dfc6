import { PolicyError } from '../policy-error.ts'
import { isKnownKey } from '../request-context.ts'
import type { RequestContext } from '../request-context.ts'
import { comparisonOf } from './comparisons.ts'

/** A statement's conditions: by operator, by key, the values of which one must fit. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

/** Whether a request meets a condition. */
export type Test = (context: RequestContext) => boolean

const operatorForm = /^(?:(forallvalues|foranyvalue):)?(\w+?)(ifexists)?$/

const absent = (key: string, wanted: readonly string[]): Test => {
  if (wanted.some((each) => each !== 'true' && each !== 'false'))
    throw new PolicyError(`Invalid Null value in a condition: ${wanted.join(', ')}`)
  return (context) => wanted.includes(String(context(key) === undefined))
}

const compileTest = (operator: string, key: string, wanted: readonly string[], variables: boolean): Test => {
  if (!isKnownKey(key)) throw new PolicyError(`No request to the local AWS has the condition key ${key}`)
  const [, quantifier, name = '', ifExists] = operatorForm.exec(operator.toLowerCase()) ?? []
  if (name === 'null' && !quantifier && !ifExists) return absent(key, wanted)
  const comparison = comparisonOf(name)
  if (!comparison) throw new PolicyError(`Invalid Condition type : ${operator}`)
  const { compare, negated } = comparison
  const tests = wanted.map((each) => compare(each, variables))
  // Of several values of a request one must fit, for a negated operator none may.
  const every = quantifier ? quantifier === 'forallvalues' : negated
  return (context) => {
    const values = context(key)
    if (ifExists && values === undefined) return true
    const holds = (value: string) => tests.some((fits) => fits(value, context)) !== negated
    return every ? (values ?? []).every(holds) : (values ?? []).some(holds)
  }
}

/** Whether all conditions of a statement hold. Throws PolicyError on an operator, a key or a value that nothing here can test. */
export const compileConditions = (conditions: Conditions, variables: boolean): Test => {
  const tests = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => compileTest(operator, key, wanted, variables)),
  )
  return (context) => tests.every((test) => test(context))
}
