import { randomUUID } from 'node:crypto'
import { kinds } from '../../json.ts'
import type { Json } from '../../json.ts'
import { IntrinsicProblem } from './given.ts'
import type { Given, Intrinsics } from './given.ts'

/** Text as it is; lists and objects as Java writes them: `{a=1, b=[2, 3]}`. */
const shown = (value: Json): string => {
  if (kinds.array.is(value)) return `[${value.map(shown).join(', ')}]`
  if (!kinds.object.is(value)) return String(value)
  const members = Object.entries(value).map(([name, member]) => `${name}=${shown(member)}`)
  return `{${members.join(', ')}}`
}

/** `{}` takes the next argument; `\{` and `\}` are braces. */
const format = (given: Given) => {
  const text = given.string().replaceAll(/\\([{}\\])|\{\}/g, (_, escaped?: string) => escaped ?? shown(given.any()))
  if (given.left > 0) throw new IntrinsicProblem('There are more arguments than occurrences of {}')
  return text
}

/** Every character of the second argument separates; empty parts are left out. */
const split = (text: string, separators: string) => {
  const parts: string[] = []
  let part = ''
  for (const character of text) {
    if (!separators.includes(character)) part += character
    else {
      parts.push(part)
      part = ''
    }
  }
  return [...parts, part].filter((found) => found !== '')
}

export const strings: Intrinsics = {
  Format: format,
  StringSplit: (given) => split(given.string(), given.string()),
  UUID: () => randomUUID(),
}
