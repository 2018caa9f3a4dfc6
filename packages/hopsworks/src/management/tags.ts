import * as z from 'zod'
import type { Http } from './http.ts'
import { ifFound } from './if-found.ts'
import { path } from './path.ts'

const tag = z.object({ name: z.string(), value: z.string() })
const reply = z.union([
  z.object({ items: z.array(tag).nullish() }).transform(({ items }) => items ?? []),
  tag.transform((one) => [one]),
])

/**
 * Tags of one kind of entity: a JSON value under the name of a schema, which an administrator has made.
 * @param at the path of an entity
 */
export function tags<Of>(http: Http, at: (of: Of) => string) {
  const one = (of: Of, name: string) => `${at(of)}/tags${path`/${name}`}`
  return {
    /** All tags by name. */
    async get(of: Of, signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
      const found = await ifFound(http.get(`${at(of)}/tags`, reply, { signal }))
      return Object.fromEntries((found ?? []).map(({ name, value }) => [name, fromJson(value)]))
    },
    /**
     * Sets a tag.
     * @param value anything that JSON holds, as the tag's schema wants it
     * @throws HopsworksNotFound when there is no schema of that name
     */
    async put(of: Of, name: string, value: unknown, signal?: AbortSignal): Promise<void> {
      await http.put(one(of, name), z.unknown(), { body: value, signal })
    },
    /** Removes a tag; false when there was none. */
    delete: (of: Of, name: string, signal?: AbortSignal): Promise<boolean> => http.delete(one(of, name), { signal }),
  }
}

/** A value that is no JSON was put by someone who sent plain text. */
function fromJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
