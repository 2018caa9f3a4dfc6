import { randomUUID } from 'node:crypto'
import { algorithms, digest } from '../digest.ts'
import { kinds } from '../json.ts'
import type { Json } from '../json.ts'
import { seededRandom } from '../seeded-random.ts'

/** An array that JSONata collapses like the result of a path: no item is nothing, one item is the item. */
const sequence = (items: Json[]) => Object.defineProperty(items, 'sequence', { value: true, enumerable: false })

const partition = (items: Json, size: number) => {
  const list = kinds.array.is(items) ? items : [items]
  if (!Number.isInteger(size) || size <= 0) throw new Error('$partition: the chunk size must be a positive integer')
  return Array.from({ length: Math.ceil(list.length / size) }, (_, chunk) =>
    list.slice(chunk * size, (chunk + 1) * size),
  )
}

const range = (first: number, last: number, step: number) => {
  if (step === 0) throw new Error('$range: the increment must not be 0')
  const length = Math.max(0, Math.floor((last - first) / step) + 1)
  if (length > 1000) throw new Error('$range: the array must not have more than 1000 items')
  return sequence(Array.from({ length }, (_, index) => first + index * step))
}

const hash = (text: string, algorithm: string) => {
  const found = digest(text, algorithm)
  if (found === undefined) throw new Error(`$hash: the algorithm ${algorithm} is none of ${algorithms.join(', ')}`)
  return found
}

const parse = (text: string): Json => JSON.parse(text)

interface Added {
  readonly run: (...given: any[]) => unknown
  /** In JSONata's own notation; it checks the arguments. */
  readonly signature: string
}

/** What Step Functions adds to JSONata. */
export const functions: Readonly<Record<string, Added>> = {
  partition: { run: partition, signature: '<xn:a>' },
  range: { run: range, signature: '<nnn:a>' },
  hash: { run: hash, signature: '<ss:s>' },
  random: { run: seededRandom, signature: '<n?:n>' },
  uuid: { run: () => randomUUID(), signature: '<:s>' },
  parse: { run: parse, signature: '<s:x>' },
}
