import { arrays } from './arrays.ts'
import { encoding } from './encoding.ts'
import type { Intrinsics } from './given.ts'
import { jsonTexts } from './json-texts.ts'
import { math } from './math.ts'
import { strings } from './strings.ts'

/** All 18 of `States.…`, by the name behind the dot. */
export const intrinsics: Intrinsics = { ...arrays, ...encoding, ...jsonTexts, ...math, ...strings }
