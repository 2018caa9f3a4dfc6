import type { Json } from '../../json.ts'
import { Cursor } from '../cursor.ts'
import { parse } from '../path/parse-path.ts'
import type { Path } from '../path/path.ts'
import { intrinsics } from './intrinsics.ts'

/** A call of `States.…`, and what its arguments are. */
export interface Call {
  readonly name: string
  readonly given: readonly Argument[]
  /** As written. */
  readonly text: string
}

export type Argument =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'path'; readonly path: Path; readonly text: string }
  | { readonly kind: 'call'; readonly call: Call }

const deepest = 10

/** Without its escapes; a template of Format keeps those of braces, which Format looks at itself. */
const quoted = (cursor: Cursor, isTemplate: boolean) => {
  const text = cursor.match(/'(?:[^'\\]|\\[^])*'/y)
  if (text === undefined) throw cursor.problem("A text in '…' is not closed")
  return text.slice(1, -1).replaceAll(isTemplate ? /\\(')/g : /\\(['{}\\])/g, '$1')
}

const argument = (cursor: Cursor, isTemplate: boolean, depth: number): Argument => {
  const from = cursor.at
  switch (cursor.text.charAt(from)) {
    case '$': {
      const path = parse(cursor)
      return { kind: 'path', path, text: cursor.text.slice(from, cursor.at) }
    }
    case "'":
      return { kind: 'value', value: quoted(cursor, isTemplate) }
    case 'S':
      return { kind: 'call', call: call(cursor, depth + 1) }
    default: {
      const word = cursor.match(/true\b|false\b|null\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y)
      if (word === undefined) throw cursor.problem('An argument was expected')
      return { kind: 'value', value: JSON.parse(word) }
    }
  }
}

const call = (cursor: Cursor, depth: number): Call => {
  if (depth > deepest) throw cursor.problem(`Intrinsic functions are nested more than ${deepest} times`)
  const from = cursor.at
  cursor.expect('States.')
  const name = cursor.match(/\w+/y) ?? ''
  if (!Object.hasOwn(intrinsics, name)) throw cursor.problem(`There is no intrinsic function States.${name}`)
  cursor.expect('(')
  const given: Argument[] = []
  for (cursor.space(); !cursor.takes(')'); cursor.space()) {
    if (given.length > 0) cursor.expect(',')
    cursor.space()
    given.push(argument(cursor, name === 'Format' && given.length === 0, depth))
  }
  return { name, given, text: cursor.text.slice(from, cursor.at) }
}

/** A whole text as a call. Throws SyntaxProblem. */
export const parseIntrinsic = (text: string): Call => {
  const cursor = new Cursor(text)
  const parsed = call(cursor, 1)
  cursor.space()
  if (!cursor.ended) throw cursor.problem('The end of the function was expected')
  return parsed
}
