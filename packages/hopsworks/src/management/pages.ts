import * as z from 'zod'
import { HopsworksUnexpectedReply } from '../errors.ts'
import type { Call, Http } from './http.ts'

const pageSize = 100

/** Lists come as a page with the count of all, or, from older servers, as a bare array of everything. */
const pageOf = <T extends z.ZodType>(item: T) =>
  z.union([
    z.array(item).transform((items) => ({ items, count: items.length })),
    z
      .object({ items: z.array(item).nullish(), count: z.number().nullish() })
      .transform(({ items, count }) => ({ items: items ?? [], count: count ?? undefined })),
  ])

/**
 * Every item of a list, page by page as they are asked for.
 * @throws HopsworksUnexpectedReply when the server stops before the number that it counts
 */
export async function* pages<T extends z.ZodType>(
  http: Http,
  path: string,
  item: T,
  { query, signal }: Pick<Call, 'query' | 'signal'> = {},
): AsyncGenerator<z.output<T>, void> {
  const reply = pageOf(item)
  for (let seen = 0; ;) {
    const page = await http.get(path, reply, { query: { ...query, offset: seen, limit: pageSize }, signal })
    const { items, count = items.length < pageSize ? seen + items.length : Infinity } = page
    yield* items
    seen += items.length
    if (seen >= count) return
    if (items.length > 0) continue
    if (count === Infinity) return
    throw new HopsworksUnexpectedReply(`GET ${path}: the list ended after ${seen} of ${count}`, { method: 'GET', path })
  }
}
