import { Cursor } from '../cursor.ts'
import { functions } from './functions.ts'
import { parseFilter } from './parse-filter.ts'
import type { Path, Segment } from './path.ts'

const quoted = (cursor: Cursor): string | undefined => {
  const quote = cursor.match(/['"]/y)
  if (quote === undefined) return undefined
  let name = ''
  while (!cursor.takes(quote)) {
    if (cursor.ended) throw cursor.problem(`${quote} was expected`)
    const escaped = cursor.match(/\\['\\]/y)
    name += escaped === undefined ? (cursor.match(/[^]/y) ?? '') : escaped.slice(1)
  }
  return name
}

/** Items between brackets, separated by commas. */
const listed = <T>(cursor: Cursor, first: T, read: () => T | undefined): T[] => {
  const items = [first]
  for (cursor.space(); cursor.takes(','); cursor.space()) {
    cursor.space()
    const item = read()
    if (item === undefined) throw cursor.problem('Another item was expected')
    items.push(item)
  }
  return items
}

const integer = (cursor: Cursor) => {
  const digits = cursor.match(/-?\d+/y)
  return digits === undefined ? undefined : Number(digits)
}

const inBrackets = (cursor: Cursor): Segment => {
  cursor.space()
  if (cursor.takes('*')) return { kind: 'every' }
  if (cursor.takes('?')) {
    cursor.expect('(')
    const filter = parseFilter(cursor, () => parse(cursor))
    cursor.expect(')')
    return { kind: 'filter', filter }
  }
  const name = quoted(cursor)
  if (name !== undefined) {
    const names = listed(cursor, name, () => quoted(cursor))
    return names.length === 1 ? { kind: 'name', name } : { kind: 'names', names }
  }
  const from = integer(cursor)
  if (cursor.takes(':')) {
    const to = integer(cursor)
    const step = cursor.takes(':') ? (integer(cursor) ?? 1) : 1
    if (step <= 0) throw cursor.problem('A slice needs a positive step')
    return { kind: 'slice', from, to, step }
  }
  if (from === undefined) throw cursor.problem('A name, an index, a slice or a filter was expected')
  const indices = listed(cursor, from, () => integer(cursor))
  return indices.length === 1 ? { kind: 'index', index: from } : { kind: 'indices', indices }
}

const bracket = (cursor: Cursor): Segment => {
  const segment = inBrackets(cursor)
  cursor.space()
  cursor.expect(']')
  return segment
}

const afterDot = (cursor: Cursor): Segment => {
  if (cursor.takes('*')) return { kind: 'every' }
  const name = cursor.match(/[^\s.[\](){},'"*?@=<>!&|]+/y)
  if (name === undefined) throw cursor.problem('A name was expected')
  if (!cursor.takes('()')) return { kind: 'name', name }
  if (!(name in functions)) throw cursor.problem(`There is no function ${name}()`)
  return { kind: 'function', name }
}

/** The path that begins where the cursor stands; the cursor is behind it afterwards. Throws SyntaxProblem. */
export const parse = (cursor: Cursor): Path => {
  const root = cursor.match(/@|\$\$|\$[\p{ID_Start}][\p{ID_Continue}]*|\$/uy)
  if (root === undefined) throw cursor.problem("'$' was expected")
  const segments: Segment[] = []
  for (;;) {
    if (cursor.takes('..')) {
      segments.push({ kind: 'descend' })
      segments.push(cursor.takes('[') ? bracket(cursor) : afterDot(cursor))
    } else if (cursor.takes('.')) segments.push(afterDot(cursor))
    else if (cursor.takes('[')) segments.push(bracket(cursor))
    else return { root, segments }
  }
}

const known = new Map<string, Path>()
const mostKnown = 1000

/** A whole text as a path. Throws SyntaxProblem. */
export const parsePath = (text: string): Path => {
  const before = known.get(text)
  if (before) return before
  const cursor = new Cursor(text)
  const path = parse(cursor)
  if (!cursor.ended) throw cursor.problem('The end of the path was expected')
  if (known.size >= mostKnown) known.clear()
  known.set(text, path)
  return path
}
