import { isRecord } from '../../../core/is-record.ts'
import { InvalidPattern } from './invalid-pattern.ts'
import type { WildcardToken } from './wildcard-tokens.ts'
import { wildcardTokens } from './wildcard-tokens.ts'

/** From this many beginnings of wildcards that one text can have at once, AWS refuses a rule. */
const tooMany = 10
const advice = 'try using fewer wildcard characters or fewer repeating character sequences after a wildcard character'

const wildcardsOf = (element: unknown): readonly string[] => {
  if (!isRecord(element)) return []
  const texts = [element['wildcard']].flat().filter((text) => typeof text === 'string')
  return [...texts, ...wildcardsOf(element['anything-but'])]
}

/** The wildcards of a field, each with an end of its own, so that a position is one number for all of them. */
const joined = (patterns: readonly (readonly WildcardToken[])[]): readonly (WildcardToken | 'end')[] =>
  patterns.flatMap((tokens) => [...tokens, 'end' as const])

/** Where a text that has reached some positions is after one more character; `undefined` is any other character. */
const step = (
  tokens: readonly (WildcardToken | 'end')[],
  reached: ReadonlySet<number>,
  character: string | undefined,
): ReadonlySet<number> => {
  const next = new Set<number>()
  for (const position of reached) {
    if (tokens[position - 1] === 'any') next.add(position)
    const from = tokens[position] === 'any' ? position + 1 : position
    if (from > position) next.add(from)
    const token = tokens[from]
    if (typeof token === 'object' && token.literal === character) next.add(from + 1)
  }
  return next
}

const charactersAfter = (tokens: readonly (WildcardToken | 'end')[], reached: ReadonlySet<number>) => {
  const awaited = [...reached].map((position) => tokens[tokens[position] === 'any' ? position + 1 : position])
  return new Set([undefined, ...awaited.flatMap((token) => (typeof token === 'object' ? token.literal : []))])
}

/**
 * Refuses a field's wildcards if some text could be at too many places of them at once, as Event Ruler's complexity
 * evaluation does (it counts the states that share a beginning once; this counts them each).
 */
export const refuseComplexWildcards = (elements: readonly unknown[]): void => {
  const patterns = elements.flatMap(wildcardsOf).map(wildcardTokens)
  const tokens = joined(patterns)
  const starts = patterns.map((_, index) => joined(patterns.slice(0, index)).length)
  const seen = new Set<string>()
  const pending: ReadonlySet<number>[] = [new Set(starts)]
  for (let reached = pending.pop(); reached; reached = pending.pop()) {
    for (const character of charactersAfter(tokens, reached)) {
      const next = step(tokens, reached, character)
      if (next.size >= tooMany) throw new InvalidPattern(`Rule is too complex - ${advice}`)
      const key = [...next].toSorted((a, b) => a - b).join()
      if (next.size === 0 || seen.has(key)) continue
      seen.add(key)
      pending.push(next)
    }
  }
}
