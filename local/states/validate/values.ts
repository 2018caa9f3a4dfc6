import { isObject } from '../json.ts'
import { compile, expressionIn, reasonOf } from '../jsonata/expression.ts'
import { invalid } from './problem.ts'
import type { Check, Report } from './problem.ts'

const expected =
  (what: string, holds: (value: unknown) => boolean): Check =>
  (value, location, report) => {
    if (!holds(value)) report(invalid, `Expected value of type ${what}`, location)
  }

export const text = expected('String', (value) => typeof value === 'string')
export const flag = expected('Boolean', (value) => typeof value === 'boolean')
export const anything: Check = () => {}

/** JSON in which every `{% … %}` is JSONata without a syntax error. */
export const template: Check = (value, location, report) => {
  if (Array.isArray(value)) value.forEach((item, index) => template(item, `${location}[${index}]`, report))
  else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) template(member, `${location}/${name}`, report)
  } else if (typeof value === 'string') {
    const source = expressionIn(value)
    if (source === undefined) return
    try {
      compile(source)
    } catch (error) {
      report(
        'INVALID_JSONATA_EXPRESSION',
        `The JSONata expression '${source}' is invalid. ${reasonOf(error)}`,
        location,
      )
    }
  }
}

/** A value of the kind, or an expression that will give it. */
export const orExpression =
  (check: Check): Check =>
  (value, location, report) =>
    (typeof value === 'string' && expressionIn(value) !== undefined ? template : check)(value, location, report)

export const number = (least = -Infinity, most = Infinity): Check =>
  expected(
    least === -Infinity
      ? 'number'
      : most === Infinity
        ? `number, at least ${least}`
        : `number from ${least} to ${most}`,
    (value) => typeof value === 'number' && value >= least && value <= most,
  )

export const integer = (least: number, most = Infinity): Check =>
  expected(
    most === Infinity ? `integer, at least ${least}` : `integer from ${least} to ${most}`,
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  )

export const array: Check = (value, location, report) => {
  if (Array.isArray(value)) template(value, location, report)
  else report(invalid, 'Expected value of type Array', location)
}

const variableName = /^[\p{ID_Start}][\p{ID_Continue}]{0,79}$/u

export const variableNames = (names: readonly string[], location: string, report: Report): void => {
  for (const name of names) {
    if (!variableName.test(name)) report('INVALID_VARIABLE_NAME', `'${name}' is no name of a variable`, location)
    if (name === 'states') report('INVALID_VARIABLE_NAME', "'states' is reserved", location)
  }
}

export const assign: Check = (value, location, report) => {
  if (!isObject(value)) return report(invalid, 'Expected value of type Object', location)
  variableNames(Object.keys(value), location, report)
  template(value, location, report)
}

/** An object with known fields only. */
export const fields =
  (known: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value, location, report) => {
    if (!isObject(value)) return report(invalid, 'Expected value of type Object', location)
    for (const [name, member] of Object.entries(value)) {
      const check = Object.hasOwn(known, name) ? known[name] : undefined
      if (check) check(member, `${location}/${name}`, report)
      else report(invalid, `Field '${name}' is not supported`, location)
    }
    for (const name of required) {
      if (!(name in value)) report(invalid, `The field '${name}' is required but was missing`, location)
    }
  }

export const listOf =
  (check: Check, least = 0): Check =>
  (value, location, report) => {
    if (!Array.isArray(value)) return report(invalid, 'Expected value of type Array', location)
    if (value.length < least) report(invalid, `Expected at least ${least} item(s)`, location)
    value.forEach((item, index) => check(item, `${location}[${index}]`, report))
  }

/** One of some texts. */
export const oneOf =
  (...texts: readonly string[]): Check =>
  (value, location, report) => {
    if (typeof value !== 'string' || !texts.includes(value)) {
      report(invalid, `Expected one of [${texts.join(', ')}]`, location)
    }
  }

/** A check, then another. */
export const all =
  (...checks: readonly Check[]): Check =>
  (value, location, report) => {
    for (const check of checks) check(value, location, report)
  }

/** At most one of some fields, or exactly one where one is needed. */
export const exclusive =
  (names: readonly string[], needed = false): Check =>
  (value, location, report) => {
    if (!isObject(value)) return
    const given = names.filter((name) => value[name] !== undefined)
    const shown = names.map((name) => `'${name}'`).join(names.length === 2 ? ' and ' : ', ')
    if (needed && given.length !== 1) report(invalid, `Exactly one of ${shown} is required`, location)
    else if (given.length > 1) report(invalid, `At most one of ${shown} is allowed`, location)
  }
