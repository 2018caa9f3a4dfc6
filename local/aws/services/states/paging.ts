import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'

export const pagingInput = {
  maxResults: z.int().min(0).max(1000).optional(),
  nextToken: z.string().min(1).max(3096).optional(),
}

interface Paging {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

const defaultPage = 100

/** One page of a list; a token names the last item of the page before. Throws InvalidToken for one that is not ours. */
export const pageOf = <T>(all: readonly T[], keyOf: (item: T) => string, { maxResults, nextToken }: Paging) => {
  const encode = (item: T) => Buffer.from(keyOf(item)).toString('base64url')
  const before = nextToken === undefined ? -1 : all.findIndex((item) => encode(item) === nextToken)
  if (nextToken !== undefined && before === -1) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'")
  const end = before + 1 + (maxResults || defaultPage)
  const items = all.slice(before + 1, end)
  const last = items.at(-1)
  return { items, ...(end < all.length && last !== undefined && { nextToken: encode(last) }) }
}
