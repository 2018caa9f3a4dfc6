import { isObject } from '../json.ts'
import { comparisons } from '../jsonpath/choice/comparisons.ts'
import { typeTests } from '../jsonpath/choice/type-tests.ts'
import { path, payloadAssign } from './jsonpath-values.ts'
import { invalid } from './problem.ts'
import type { Check } from './problem.ts'
import { fields, flag, listOf, number, text } from './values.ts'

const operandOf = (name: string): Check => {
  if (name.startsWith('Numeric')) return number()
  return name.startsWith('Boolean') ? flag : text
}

const operators: Readonly<Record<string, Check>> = Object.fromEntries([
  ...[...comparisons.keys()].flatMap((name) => [
    [name, operandOf(name)],
    [`${name}Path`, path],
  ]),
  ...[...typeTests.keys()].map((name) => [name, flag]),
  ['IsPresent', flag],
  ['StringMatches', text],
])

const inner: Check = (value, location, report) => rule({ Comment: text })(value, location, report)
const joints: Readonly<Record<string, Check>> = { And: listOf(inner, 1), Or: listOf(inner, 1), Not: inner }

const rule =
  (more: Readonly<Record<string, Check>>): Check =>
  (value, location, report) => {
    fields({ ...more, ...joints, Variable: path, ...operators })(value, location, report)
    if (!isObject(value)) return
    const names = Object.keys(value)
    const compares = names.filter((name) => Object.hasOwn(operators, name)).length
    const joins = names.filter((name) => Object.hasOwn(joints, name)).length
    if (compares + joins !== 1) report(invalid, 'A choice rule needs exactly one operator', location)
    if ((compares === 1) !== 'Variable' in value) {
      report(invalid, 'A comparison, and nothing else, needs a Variable', location)
    }
  }

const topRule = rule({ Next: text, Assign: payloadAssign, Comment: text })

/** A rule of a Choice in JSONPath: one operator, or And, Or, Not of such; Next only at the top. */
export const choiceRule: Check = (value, location, report) => {
  topRule(value, location, report)
  if (isObject(value) && value['Next'] === undefined) {
    report(invalid, "The field 'Next' is required but was missing", location)
  }
}
