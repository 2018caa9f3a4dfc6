import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../../json.ts'
import { IntrinsicProblem } from './given.ts'
import type { Intrinsics } from './given.ts'

const mostItems = 1000

const partition = (list: readonly Json[], size: number) => {
  if (size <= 0) throw new IntrinsicProblem('The chunk size must be positive')
  return Array.from({ length: Math.ceil(list.length / size) }, (_, chunk) =>
    list.slice(chunk * size, (chunk + 1) * size),
  )
}

const range = (first: number, last: number, step: number) => {
  if (step === 0) throw new IntrinsicProblem('The increment must not be zero')
  const length = Math.max(0, Math.floor((last - first) / step) + 1)
  if (length > mostItems) throw new IntrinsicProblem(`The array would have more than ${mostItems} items`)
  return Array.from({ length }, (_, index) => first + index * step)
}

const item = (list: readonly Json[], index: number) => {
  const found = index < 0 ? undefined : list[index]
  if (found === undefined) throw new IntrinsicProblem(`The index ${index} is outside of the array`)
  return found
}

const unique = (list: readonly Json[]) =>
  list.filter((value, index) => list.findIndex((other) => isDeepStrictEqual(other, value)) === index)

export const arrays: Intrinsics = {
  Array: (given) => given.rest(),
  ArrayPartition: (given) => partition(given.array(), given.integer()),
  ArrayContains: (given) => {
    const list = given.array()
    const value = given.any()
    return list.some((one) => isDeepStrictEqual(one, value))
  },
  ArrayRange: (given) => range(given.integer(), given.integer(), given.integer()),
  ArrayGetItem: (given) => item(given.array(), given.integer()),
  ArrayLength: (given) => given.array().length,
  ArrayUnique: (given) => unique(given.array()),
}
