import { readColumn } from '../src/expression/build.ts'
import { largest } from '../src/expression/extent.ts'
import type { Node } from '../src/expression/node.ts'

const [i, s, x] = [
  readColumn('i', { type: 'int' }),
  readColumn('s', { type: 'string' }),
  readColumn('x', { type: 'double' }),
]
type Builder = typeof x

const upTo = (length: number) => Array.from({ length }, (_, at) => at)

/** A sum of sums, each of two. */
const summed = (terms: readonly Builder[]): Builder => {
  const half = Math.ceil(terms.length / 2)
  return terms.length === 1 ? (terms[0] ?? x) : summed(terms.slice(0, half)).plus(summed(terms.slice(half)))
}

/** Trees that are as deep and as wide as a definition may have them: a long sum, a long list of cases, many products. */
export const largestTrees = (): Node[] =>
  [
    upTo(largest.depth).reduce((sum, at) => sum.plus(at % 7), x),
    upTo(largest.depth - 1).reduce((others, at) => s.is(`${at}`).choose(at, others), i),
    summed(upTo(largest.operators / 2).map((at) => x.times(at / 8))),
  ].map(({ node }) => node)
