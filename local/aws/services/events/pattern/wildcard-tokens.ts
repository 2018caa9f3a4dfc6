import { InvalidPattern } from './invalid-pattern.ts'

/** One UTF-16 unit, or any run of them. */
export type WildcardToken = { readonly literal: string } | 'any'

/** Splits a wildcard; `\*` and `\\` stand for themselves. Throws InvalidPattern. */
export const wildcardTokens = (pattern: string): readonly WildcardToken[] => {
  const tokens: WildcardToken[] = []
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at)
    const next = pattern.charAt(at + 1)
    // positions count the quote before the text, as the ruler's do
    if (character === '*') {
      if (next === '*') throw new InvalidPattern(`Consecutive wildcard characters at pos ${at + 1}`)
      tokens.push('any')
    } else if (character === '\\') {
      if (next !== '*' && next !== '\\') throw new InvalidPattern(`Invalid escape character at pos ${at + 1}`)
      tokens.push({ literal: next })
      at++
    } else tokens.push({ literal: character })
  }
  return tokens
}
