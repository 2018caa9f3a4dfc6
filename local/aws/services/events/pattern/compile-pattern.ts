import { isRecord } from '../../../core/is-record.ts'
import { condition, reservedNames } from './condition.ts'
import type { Condition } from './condition.ts'
import { eventFields } from './event-fields.ts'
import type { Field } from './event-fields.ts'
import { InvalidPattern } from './invalid-pattern.ts'
import { refuseComplexWildcards } from './refuse-complex-wildcards.ts'

/** Conditions by the dotted names of their fields; all must hold. */
type Clause = ReadonlyMap<string, readonly Condition[]>

const mostClauses = 1000

const conditions = (elements: readonly unknown[]): readonly Condition[] => {
  if (elements.length === 0) throw new InvalidPattern('Empty arrays are not allowed')
  refuseComplexWildcards(elements)
  return elements.map(condition)
}

const alternatives = (value: unknown, path: string, clauses: readonly Clause[]): readonly Clause[] => {
  if (!Array.isArray(value)) throw new InvalidPattern('It must be an Array followed with $or.')
  if (value.length < 2) throw new InvalidPattern('There must have at least 2 Objects in $or relationship.')
  const all = value.flatMap((each: unknown) => {
    if (!isRecord(each)) throw new InvalidPattern('Only JSON object is allowed in array of $or relationship.')
    return compile(each, { path, inOr: true, clauses })
  })
  if (all.length > mostClauses) throw new InvalidPattern(`Rule is too complex - more than ${mostClauses} combinations`)
  return all
}

const compile = (
  pattern: Record<string, unknown>,
  { path, inOr, clauses }: { path: string; inOr: boolean; clauses: readonly Clause[] },
): readonly Clause[] => {
  const members = Object.entries(pattern)
  if (members.length === 0) throw new InvalidPattern('Empty objects are not allowed')
  return members.reduce((before, [name, value]) => {
    if (name === '$or') return alternatives(value, path, before)
    if (inOr && reservedNames.has(name))
      throw new InvalidPattern(`${name} is Ruler reserved fieldName which cannot be used inside $or.`)
    const way = path === '' ? name : `${path}.${name}`
    if (isRecord(value)) return compile(value, { path: way, inOr, clauses: before })
    if (!Array.isArray(value)) throw new InvalidPattern(`"${name}" must be an object or an array`)
    const held = conditions(value)
    return before.map((clause) => new Map([...clause, [way, held]]))
  }, clauses)
}

const together = (a: Field['places'], b: Field['places']) =>
  [...b].every(([list, index]) => (a.get(list) ?? index) === index)

type Fields = ReturnType<typeof eventFields>

const holds = (
  [first, ...rest]: readonly (readonly [string, readonly Condition[]])[],
  fields: Fields,
  places: Field['places'],
): boolean => {
  if (!first) return true
  const [path, wanted] = first
  const found = fields.get(path)
  if (!found) return wanted.includes('absent') && holds(rest, fields, places)
  return found.some(
    (field) =>
      together(places, field.places) &&
      wanted.some((each) => each !== 'absent' && each(field.value)) &&
      holds(rest, fields, new Map([...places, ...field.places])),
  )
}

/**
 * Turns an event pattern into a test of events, with the rules of AWS's Event Ruler: leaves of one list are taken from
 * the same element, names joined by dots are the same as nested ones. Throws InvalidPattern.
 */
export const compilePattern = (pattern: unknown): ((event: unknown) => boolean) => {
  if (!isRecord(pattern)) throw new InvalidPattern('Filter is not an object')
  const clauses = compile(pattern, { path: '', inOr: false, clauses: [new Map()] }).map((clause) => [...clause])
  return (event) => {
    const fields = eventFields(event)
    return clauses.some((clause) => holds(clause, fields, new Map()))
  }
}
