import * as z from 'zod'

/** The members of a request for a page. */
export const pageInput = {
  Limit: z.int().min(1).max(100).default(100),
  NextToken: z.string().min(1).max(2048).optional(),
}

/** The items after the token's, at most `Limit`; `items` are in the order of their keys, and the token is a key. */
export const page = <T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { Limit, NextToken: after = '' }: { Limit: number; NextToken?: string | undefined },
) => {
  const left = items.filter((item) => keyOf(item) > after)
  const shown = left.slice(0, Limit)
  const last = shown.at(-1)
  return { shown, NextToken: last !== undefined && left.length > Limit ? keyOf(last) : undefined }
}
