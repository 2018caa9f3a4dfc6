import type { Json } from '../../json.ts'
import { IntrinsicProblem } from './given.ts'
import type { Intrinsics } from './given.ts'

/** Blank text is null, as AWS reads it. */
const parse = (text: string): Json => {
  if (text.trim() === '') return null
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    throw new IntrinsicProblem('The argument is no JSON text')
  }
}

export const jsonTexts: Intrinsics = {
  StringToJson: (given) => parse(given.string()),
  JsonToString: (given) => JSON.stringify(given.any()),
  JsonMerge: (given) => {
    const merged = { ...given.object(), ...given.object() }
    if (given.boolean())
      throw new IntrinsicProblem('Only shallow merging is supported: the third argument must be false')
    return merged
  },
}
