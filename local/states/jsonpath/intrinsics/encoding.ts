import { algorithms, digest } from '../../digest.ts'
import { IntrinsicProblem } from './given.ts'
import type { Intrinsics } from './given.ts'

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2,3}={0,2})?$/

const decode = (text: string) => {
  if (!base64.test(text)) throw new IntrinsicProblem('The argument is not encoded in Base64')
  return Buffer.from(text, 'base64').toString()
}

const hash = (text: string, algorithm: string) => {
  const found = digest(text, algorithm)
  if (found === undefined) throw new IntrinsicProblem(`The algorithm must be one of ${algorithms.join(', ')}`)
  return found
}

export const encoding: Intrinsics = {
  Base64Encode: (given) => Buffer.from(given.shortText()).toString('base64'),
  Base64Decode: (given) => decode(given.shortText()),
  Hash: (given) => hash(given.shortText(), given.string()),
}
