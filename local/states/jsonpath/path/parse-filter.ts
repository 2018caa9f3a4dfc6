import type { Json } from '../../json.ts'
import type { Cursor } from '../cursor.ts'
import type { Filter, Operand, Path } from './path.ts'

const operators = /==|!=|<=|>=|<|>|=~|(?:in|nin|subsetof|anyof|noneof|size|empty|contains)\b/y

const literal = (cursor: Cursor): Json | undefined => {
  const word = cursor.match(/true\b|false\b|null\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y)
  if (word !== undefined) {
    const value: Json = JSON.parse(word)
    return value
  }
  const text = cursor.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y)
  return text?.slice(1, -1).replaceAll(/\\(.)/g, '$1')
}

const list = (cursor: Cursor): Json[] => {
  const items: Json[] = []
  for (cursor.space(); !cursor.takes(']'); cursor.space()) {
    if (items.length > 0) cursor.expect(',')
    cursor.space()
    const item = literal(cursor)
    if (item === undefined) throw cursor.problem('A value was expected')
    items.push(item)
  }
  return items
}

const operand = (cursor: Cursor, path: () => Path): Operand => {
  cursor.space()
  if (/[@$]/.test(cursor.text.charAt(cursor.at))) return { kind: 'path', path: path() }
  if (cursor.takes('[')) return { kind: 'value', value: list(cursor) }
  const expression = /^\/(.*)\/(i?)$/s.exec(cursor.match(/\/(?:[^/\\]|\\.)+\/i?/y) ?? '')
  if (expression) return { kind: 'pattern', pattern: new RegExp(`^(?:${expression[1]})$`, expression[2]) }
  const value = literal(cursor)
  if (value === undefined) throw cursor.problem('A path or a value was expected')
  return { kind: 'value', value }
}

const single = (cursor: Cursor, path: () => Path): Filter => {
  cursor.space()
  if (cursor.takes('(')) {
    const filter = parseFilter(cursor, path)
    cursor.expect(')')
    return filter
  }
  if (cursor.takes('!')) return { kind: 'not', filter: single(cursor, path) }
  const left = operand(cursor, path)
  cursor.space()
  const operator = cursor.match(operators)
  if (operator !== undefined) return { kind: 'compare', left, operator, right: operand(cursor, path) }
  if (left.kind !== 'path') throw cursor.problem('A comparison was expected')
  return { kind: 'present', path: left.path }
}

const joined = (
  cursor: Cursor,
  token: string,
  kind: 'either' | 'both',
  part: (cursor: Cursor, path: () => Path) => Filter,
  path: () => Path,
): Filter => {
  let filter = part(cursor, path)
  for (cursor.space(); cursor.takes(token); cursor.space()) filter = { kind, left: filter, right: part(cursor, path) }
  return filter
}

const both = (cursor: Cursor, path: () => Path) => joined(cursor, '&&', 'both', single, path)

/** What stands between the parentheses of `?( … )`; `path` reads a path where the cursor stands. */
export const parseFilter = (cursor: Cursor, path: () => Path): Filter => joined(cursor, '||', 'either', both, path)
