import { isDeepStrictEqual } from 'node:util'
import { kinds } from '../../json.ts'
import type { Json } from '../../json.ts'
import type { Filter, Operand, Path } from './path.ts'

/** Reads a path of a filter: undefined where it leads nowhere. */
export type Read = (path: Path) => Json | undefined

type Compare = (left: Json | undefined, right: Json | undefined) => boolean

const ordered =
  (holds: (order: number) => boolean): Compare =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left - right)
    if (typeof left !== 'string' || typeof right !== 'string') return false
    return holds(left < right ? -1 : Number(left > right))
  }

const listOf = (value: Json | undefined): readonly Json[] => (value !== undefined && kinds.array.is(value) ? value : [])
const has = (list: Json | undefined, value: Json | undefined) =>
  listOf(list).some((item) => isDeepStrictEqual(item, value))
const sizeOf = (value: Json | undefined) =>
  typeof value === 'string' ? value.length : value !== undefined && kinds.array.is(value) ? value.length : undefined

const comparisons: Readonly<Record<string, Compare>> = {
  '==': (left, right) => isDeepStrictEqual(left, right),
  '!=': (left, right) => !isDeepStrictEqual(left, right),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  in: (left, right) => has(right, left),
  nin: (left, right) => !has(right, left),
  subsetof: (left, right) => listOf(left).every((item) => has(right, item)),
  anyof: (left, right) => listOf(left).some((item) => has(right, item)),
  noneof: (left, right) => !listOf(left).some((item) => has(right, item)),
  size: (left, right) => sizeOf(left) === right,
  empty: (left, right) => (sizeOf(left) === 0) === right,
  contains: (left, right) =>
    typeof left === 'string' && typeof right === 'string' ? left.includes(right) : has(left, right),
}

/** Whether a filter lets an item through. */
export const matchesFilter = (filter: Filter, read: Read): boolean => {
  const valueOf = (operand: Operand) => {
    if (operand.kind === 'path') return read(operand.path)
    return operand.kind === 'value' ? operand.value : undefined
  }
  switch (filter.kind) {
    case 'either':
      return matchesFilter(filter.left, read) || matchesFilter(filter.right, read)
    case 'both':
      return matchesFilter(filter.left, read) && matchesFilter(filter.right, read)
    case 'not':
      return !matchesFilter(filter.filter, read)
    case 'present':
      return read(filter.path) !== undefined
    case 'compare': {
      const left = valueOf(filter.left)
      if (filter.right.kind === 'pattern') return typeof left === 'string' && filter.right.pattern.test(left)
      return comparisons[filter.operator]?.(left, valueOf(filter.right)) ?? false
    }
  }
}
