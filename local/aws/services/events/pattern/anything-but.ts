import { isRecord } from '../../../core/is-record.ts'
import { foldCase } from './fold-case.ts'
import { InvalidPattern } from './invalid-pattern.ts'
import type { Test } from './leaf.ts'
import { wildcard } from './wildcard.ts'

/** What `anything-but` can be of, beside plain values: how one text of each kind is found. */
const kinds: Readonly<Record<string, (wanted: string) => (text: string) => boolean>> = {
  prefix: (wanted) => (text) => text.startsWith(wanted),
  suffix: (wanted) => (text) => text.endsWith(wanted),
  'equals-ignore-case': (wanted) => (text) => foldCase(text) === foldCase(wanted),
  wildcard,
}

const values = (operand: unknown): Test => {
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand]
  if (!Array.isArray(operand) && typeof operand !== 'string' && typeof operand !== 'number')
    throw new InvalidPattern('Value of anything-but must be an array or single string/number value.')
  if (!list.every((each) => typeof each === 'string' || typeof each === 'number'))
    throw new InvalidPattern('Inside anything but list, start|null|boolean is not supported.')
  if (new Set(list.map((each) => typeof each)).size !== 1) {
    const message = 'Inside anything but list, either all values are number or string, mixed type is not supported'
    throw new InvalidPattern(message)
  }
  return (value) => !list.some((each) => each === value)
}

/** `{"anything-but": …}`: a value, a list of one type, or texts by prefix, suffix, wildcard, ignoring case. */
export const anythingBut = (operand: unknown): Test => {
  if (!isRecord(operand)) return values(operand)
  const [only, ...others] = Object.entries(operand)
  if (!only) throw new InvalidPattern('Anything-But expression name not found')
  if (others.length > 0) throw new InvalidPattern('Only one key allowed in match expression')
  const [name, inner] = only
  const find = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (!find) throw new InvalidPattern(`Unsupported anything-but pattern: ${name}`)
  const list: readonly unknown[] = Array.isArray(inner) ? inner : [inner]
  const found = list.map((each) => {
    if (typeof each !== 'string') throw new InvalidPattern(`${name} match pattern must be a string`)
    if (each === '' && (name === 'prefix' || name === 'suffix'))
      throw new InvalidPattern('Null prefix/suffix not allowed')
    return find(each)
  })
  if (found.length === 0) throw new InvalidPattern('Empty arrays are not allowed')
  return (value) => typeof value !== 'string' || !found.some((test) => test(value))
}
