import { isRecord } from '../../../core/is-record.ts'
import { InvalidPattern } from './invalid-pattern.ts'
import type { WildcardToken } from './wildcard-tokens.ts'
import { wildcardTokens } from './wildcard-tokens.ts'

/** From this many beginnings of wildcards that one text can have at once, AWS refuses a rule. */
const tooMany = 10

const wildcardsOf = (element: unknown): readonly string[] => {
  if (!isRecord(element)) return []
  const texts = [element['wildcard']].flat().filter((text) => typeof text === 'string')
  return [...texts, ...wildcardsOf(element['anything-but'])]
}

/** How far a text has come in each wildcard: `pattern:position` for each of its beginnings that fits. */
type Reached = ReadonlySet<string>

const step = (patterns: readonly (readonly WildcardToken[])[], reached: Reached, character: string): Reached => {
  const next = new Set<string>()
  for (const key of reached) {
    const [pattern = 0, position = 0] = key.split(':').map(Number)
    const tokens = patterns[pattern] ?? []
    if (tokens[position - 1] === 'any') next.add(key)
    const from = tokens[position] === 'any' ? position + 1 : position
    const token = tokens[from]
    if (from > position) next.add(`${pattern}:${from}`)
    if (token !== undefined && token !== 'any' && token.literal === character) next.add(`${pattern}:${from + 1}`)
  }
  return next
}

/**
 * Refuses a field's wildcards if some text could be at too many places of them at once, as Event Ruler's complexity
 * evaluation does (it counts the states that share a beginning once; this counts them each).
 */
export const refuseComplexWildcards = (elements: readonly unknown[]): void => {
  const patterns = elements.flatMap(wildcardsOf).map(wildcardTokens)
  const alphabet = new Set(patterns.flat().map((token) => (token === 'any' ? '' : token.literal)))
  const seen = new Set<string>()
  const pending: Reached[] = [new Set(patterns.map((_, index) => `${index}:0`))]
  for (let reached = pending.pop(); reached; reached = pending.pop()) {
    for (const character of alphabet) {
      const next = step(patterns, reached, character)
      if (next.size >= tooMany) {
        const advice =
          'try using fewer wildcard characters or fewer repeating character sequences after a wildcard character'
        throw new InvalidPattern(`Rule is too complex - ${advice}`)
      }
      const key = [...next].toSorted().join()
      if (next.size === 0 || seen.has(key)) continue
      seen.add(key)
      pending.push(next)
    }
  }
}
