import { createHash, randomUUID } from 'node:crypto'
import { kinds } from '../json.ts'
import type { Json } from '../json.ts'

/** An array that JSONata collapses like the result of a path: no item is nothing, one item is the item. */
const sequence = (items: Json[]) => Object.defineProperty(items, 'sequence', { value: true, enumerable: false })

const digests: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
}

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
  const digest = digests[algorithm]
  if (!digest) throw new Error(`$hash: the algorithm ${algorithm} is none of ${Object.keys(digests).join(', ')}`)
  return createHash(digest).update(text).digest('hex')
}

/** `$random(seed)` gives the same number for the same seed, between 0 (inclusive) and 1 (exclusive). */
const random = (seed?: number) =>
  seed === undefined ? Math.random() : createHash('sha256').update(String(seed)).digest().readUInt32BE() / 2 ** 32

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
  random: { run: random, signature: '<n?:n>' },
  uuid: { run: () => randomUUID(), signature: '<:s>' },
  parse: { run: parse, signature: '<s:x>' },
}
