import { isRecord } from '../../../core/is-record.ts'
import { isLeaf } from './leaf.ts'
import type { Leaf } from './leaf.ts'

/** A leaf of an event, and of each list it lies in the element. */
export interface Field {
  readonly value: Leaf
  /** List (numbered in the order of the event) → index. */
  readonly places: ReadonlyMap<number, number>
}

/** The leaves of an event by the dotted names of the ways to them; `{"a": {"b": 1}}` and `{"a.b": 1}` are the same. */
export const eventFields = (event: unknown): ReadonlyMap<string, readonly Field[]> => {
  const fields = new Map<string, Field[]>()
  let lists = 0
  const visit = (value: unknown, path: string, places: ReadonlyMap<number, number>): void => {
    if (Array.isArray(value)) {
      const list = lists++
      for (const [index, each] of value.entries()) visit(each, path, new Map([...places, [list, index]]))
    } else if (isRecord(value)) {
      for (const [name, each] of Object.entries(value)) visit(each, path === '' ? name : `${path}.${name}`, places)
    } else if (isLeaf(value)) fields.set(path, [...(fields.get(path) ?? []), { value, places }])
  }
  visit(event, '', new Map())
  return fields
}
