import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'

/** Members of every List operation that pages. */
export const pageInput = {
  MaxResults: z.int().min(1).max(100).optional(),
  NextToken: z.string().max(8192).optional(),
}

/** Members of the List operations that sort and select. */
export const listInput = {
  ...pageInput,
  NameContains: z.string().max(63).optional(),
  CreationTimeAfter: z.number().optional(),
  CreationTimeBefore: z.number().optional(),
  SortOrder: z.enum(['Ascending', 'Descending']).optional(),
}

interface Page {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

interface Selection extends Page {
  readonly NameContains?: string | undefined
  readonly CreationTimeAfter?: number | undefined
  readonly CreationTimeBefore?: number | undefined
}

/** One page of a sorted list; the token is the place where the next one begins. */
export const pageOf = <T>(all: readonly T[], { MaxResults = 10, NextToken }: Page) => {
  const start = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString())
  if (!Number.isSafeInteger(start)) throw new AwsError('ValidationException', 'Invalid pagination token.')
  const end = start + MaxResults
  return {
    items: all.slice(start, end),
    NextToken: end < all.length ? Buffer.from(String(end)).toString('base64url') : undefined,
  }
}

/** Those whose name and time of creation (milliseconds) are asked for. */
export const selected = <T extends { readonly name: string; readonly createdAt: number }>(
  all: readonly T[],
  { NameContains, CreationTimeAfter, CreationTimeBefore }: Selection,
) =>
  all.filter(
    ({ name, createdAt }) =>
      (NameContains === undefined || name.toLowerCase().includes(NameContains.toLowerCase())) &&
      (CreationTimeAfter === undefined || createdAt / 1000 > CreationTimeAfter) &&
      (CreationTimeBefore === undefined || createdAt / 1000 < CreationTimeBefore),
  )

/** Sorts by what `by` tells, ties by name, in the order asked for. */
export const sorted = <T extends { readonly name: string }>(
  all: readonly T[],
  by: (item: T) => number | string,
  order: 'Ascending' | 'Descending',
) => {
  const sign = order === 'Ascending' ? 1 : -1
  return all.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)]
    if (x === y) return sign * (a.name < b.name ? -1 : 1)
    return sign * (x < y ? -1 : 1)
  })
}
