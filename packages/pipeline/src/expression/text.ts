import type { Compile, Compiled } from './compiled.ts'
import { unary } from './compiled.ts'

/** How many code points text has. */
export const codePoints = (text: string): number => {
  let count = 0
  for (const _ of text) count += 1
  return count
}

const concat =
  (_: unknown, parts: readonly Compiled[]): Compiled =>
  (row) => {
    let text = ''
    for (const part of parts) {
      const value = part(row)
      if (typeof value !== 'string') return null
      text += value
    }
    return text
  }

export const textOperators = {
  length: unary(() => (a) => codePoints(String(a))),
  concat,
} as const satisfies Record<string, Compile>
