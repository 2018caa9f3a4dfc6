import { isDuration } from '../duration.ts'
import type { Node } from '../expression/node.ts'
import { shown } from '../rows/refusal.ts'
import type { Report } from './report.ts'

/** Notes what is wrong with a value. Says whether it is of the right type, so that further rules can be held against it. */
export type Check = (report: Report, value: unknown, path: string) => boolean

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isExpression = (value: unknown): value is { readonly node: Node } =>
  isRecord(value) && isRecord(value['node'])

const told = (value: unknown) => {
  if (Array.isArray(value)) return 'a list'
  if (isRecord(value)) return 'an object'
  return value === null || typeof value === 'boolean' ? String(value) : shown(value)
}

/** What a value must be, in words. */
export const expected = (what: string, value: unknown): string =>
  value === undefined ? `is missing: it must be ${what}` : `must be ${what}, not ${told(value)}`

interface Primitives {
  readonly string: string
  readonly number: number
  readonly boolean: boolean
}

const primitive = <T extends keyof Primitives>(
  type: T,
  what: string,
  holds: (value: Primitives[T]) => boolean = () => true,
): Check => {
  const isOfType = (value: unknown): value is Primitives[T] => typeof value === type
  return (report, value, path) => {
    report.expect(isOfType(value) && holds(value), path, expected(what, value))
    return isOfType(value)
  }
}

export const string: Check = primitive('string', 'text')
export const text: Check = primitive('string', 'text that is not empty', (value) => value !== '')
export const textLike = (pattern: RegExp, what: string): Check =>
  primitive('string', what, (value) => pattern.test(value))
export const flag: Check = primitive('boolean', 'true or false')
export const number: Check = primitive('number', 'a number')
export const duration: Check = primitive('string', "a duration like '2 hours'", isDuration)

/** A number of which something holds, as `what` says. */
export const numberThat = (what: string, holds: (value: number) => boolean): Check => primitive('number', what, holds)
export const between = (min: number, max: number): Check =>
  numberThat(`a number from ${min} to ${max}`, (value) => value >= min && value <= max)
export const atLeast = (min: number): Check => numberThat(`a number from ${min}`, (value) => value >= min)
export const wholeFrom = (min: number): Check =>
  numberThat(`a whole number from ${min}`, (value) => Number.isInteger(value) && value >= min)

export const oneOf = (...values: readonly string[]): Check =>
  primitive('string', values.map((value) => `'${value}'`).join(' or '), (value) => values.includes(value))

/** What may be left out. */
export const optional =
  (check: Check): Check =>
  (report, value, path) =>
    value === undefined || check(report, value, path)

/** A list of what passes `check`. */
export const listOf =
  (check: Check): Check =>
  (report, value, path) => {
    report.expect(Array.isArray(value), path, expected('a list', value))
    if (!Array.isArray(value)) return false
    return value.map((each: unknown, at) => check(report, each, `${path}[${at}]`)).every(Boolean)
  }

/** An object of any names. */
export const recordOf =
  (check: Check): Check =>
  (report, value, path) => {
    report.expect(isRecord(value), path, expected('an object', value))
    if (!isRecord(value)) return false
    const checked = Object.entries(value).map(([name, each]) => check(report, each, `${path}.${name}`))
    return checked.every(Boolean)
  }

/** An object of these members and no others: a misspelt setting would be one that has no effect. */
export const object = <T>(members: { readonly [N in keyof Required<T>]: Check }): Check => {
  const checks = Object.entries<Check>(members)
  const names = new Set(checks.map(([name]) => name))
  return (report, value, path) => {
    report.expect(isRecord(value), path, expected('an object', value))
    if (!isRecord(value)) return false
    for (const name of Object.keys(value)) {
      report.expect(names.has(name), `${path}.${name}`, `is not known: there is ${[...names].join(', ')}`)
    }
    return checks.map(([name, check]) => check(report, value[name], `${path}.${name}`)).every(Boolean)
  }
}

/** A setting that is the same everywhere, or one for each stage. */
export const perStage = (check: Check): Check => {
  const stages = object<{ dev: unknown; prod: unknown }>({ dev: check, prod: check })
  return (report, value, path) => (isRecord(value) ? stages : check)(report, value, path)
}
