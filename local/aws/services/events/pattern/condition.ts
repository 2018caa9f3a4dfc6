import { isRecord } from '../../../core/is-record.ts'
import { anythingBut } from './anything-but.ts'
import { cidr } from './cidr.ts'
import { foldCase } from './fold-case.ts'
import { InvalidPattern } from './invalid-pattern.ts'
import { isLeaf } from './leaf.ts'
import type { Leaf, Test } from './leaf.ts'
import { numeric } from './numeric.ts'
import { wildcard } from './wildcard.ts'

/** One element of a pattern's list: a test of a field that is there, or the wish that there is none. */
export type Condition = Test | 'absent'

const textOf = (value: unknown, kind: string): string => {
  if (typeof value !== 'string') throw new InvalidPattern(`${kind} match pattern must be a string`)
  return value
}

const ofText =
  (test: (text: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && test(value)

const equalsIgnoreCase = (value: unknown): Test => {
  const wanted = foldCase(textOf(value, 'equals-ignore-case'))
  return ofText((text) => foldCase(text) === wanted)
}

const end =
  (kind: 'prefix' | 'suffix') =>
  (value: unknown): Test => {
    const has = (text: string, part: string) => (kind === 'prefix' ? text.startsWith(part) : text.endsWith(part))
    if (!isRecord(value)) {
      const wanted = textOf(value, kind)
      return ofText((text) => has(text, wanted))
    }
    const [name, inner] = onlyMember(value)
    if (name !== 'equals-ignore-case') throw new InvalidPattern(`Unsupported ${kind} pattern: ${name}`)
    const wanted = foldCase(textOf(inner, 'equals-ignore-case'))
    return ofText((text) => has(foldCase(text), wanted))
  }

const exists = (value: unknown): Condition => {
  if (typeof value !== 'boolean') throw new InvalidPattern('exists match pattern must be either true or false.')
  return value ? () => true : 'absent'
}

const kinds: Readonly<Record<string, (value: unknown) => Condition>> = {
  exactly: (value) => {
    const wanted = textOf(value, 'exact')
    return (field) => field === wanted
  },
  prefix: end('prefix'),
  suffix: end('suffix'),
  'equals-ignore-case': equalsIgnoreCase,
  'anything-but': anythingBut,
  numeric,
  exists,
  // the ruler's own message for a CIDR that is no text speaks of a prefix
  cidr: (value) => ofText(cidr(textOf(value, 'prefix'))),
  wildcard: (value) => ofText(wildcard(textOf(value, 'wildcard'))),
}

/** The names of conditions, which no field inside `$or` may have. */
export const reservedNames: ReadonlySet<string> = new Set(Object.keys(kinds))

const onlyMember = (value: Record<string, unknown>): [name: string, value: unknown] => {
  const [only, ...others] = Object.entries(value)
  if (!only) throw new InvalidPattern('Match expression name not found')
  if (others.length > 0) throw new InvalidPattern('Only one key allowed in match expression')
  return only
}

/** Reads one element of a pattern's list. Throws InvalidPattern. */
export const condition = (element: unknown): Condition => {
  if (isLeaf(element)) return (value: Leaf) => value === element
  if (!isRecord(element)) throw new InvalidPattern('Match value must be String, number, true, false, or null')
  const [name, value] = onlyMember(element)
  const read = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (!read) throw new InvalidPattern(`Unrecognized match type ${name}`)
  return read(value)
}
