import { AvroCursor, UndecodableRow } from './avro-cursor.ts'
import { readerOf } from './avro-row.ts'
import type { ColumnType, Nested } from './column-type.ts'
import type { Value } from './value.ts'

/** What an array (a list), a map or a struct (both by name) holds. */
export type NestedValue = Value | readonly NestedValue[] | ReadonlyMap<string, NestedValue>

type Read = (cursor: AvroCursor) => NestedValue

const mostItems = 10_000_000

/** Calls `one` for each item; they come in blocks, of which the last has none. */
const blocks = (cursor: AvroCursor, one: () => void): void => {
  for (;;) {
    let count = cursor.long()
    if (count === 0n) return
    if (count < 0n) {
      cursor.long() // bytes of the block
      count = -count
    }
    if (count > mostItems) throw new UndecodableRow(`a block of ${count} items`)
    for (let item = 0; item < Number(count); item += 1) one()
  }
}

const nullable =
  (read: Read): Read =>
  (cursor) =>
    cursor.isNull() ? null : read(cursor)

const nestedReader = (nested: Nested): Read => {
  if (nested.kind === 'struct') {
    const fields = nested.fields.map(({ name, type }) => ({ name, read: nullable(valueReader(type)) }))
    return (cursor) => new Map(fields.map(({ name, read }) => [name, read(cursor)]))
  }
  const item = nullable(valueReader(nested.item))
  if (nested.kind === 'map')
    return (cursor) => {
      const entries = new Map<string, NestedValue>()
      blocks(cursor, () => entries.set(cursor.string(), item(cursor)))
      return entries
    }
  return (cursor) => {
    const items: NestedValue[] = []
    blocks(cursor, () => items.push(item(cursor)))
    return items
  }
}

const valueReader = ({ nested, avro }: ColumnType): Read => (nested ? nestedReader(nested) : readerOf(avro))

/** Reads what lies encoded in a column of this type. @throws UndecodableRow */
export const nestedValueReader = (type: ColumnType): ((bytes: Buffer) => NestedValue) => {
  const read = nullable(valueReader(type))
  return (bytes) => {
    const cursor = new AvroCursor(bytes)
    const value = read(cursor)
    cursor.finish()
    return value
  }
}
