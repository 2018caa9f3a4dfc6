import type { Objects } from '../src/objects.ts'

const bytesOf = (body: Uint8Array | string) => new Uint8Array(typeof body === 'string' ? Buffer.from(body) : body)

/** A data bucket in memory. */
export const memoryObjects = (data: Map<string, Uint8Array<ArrayBuffer>>): Omit<Objects, 'raw'> => ({
  get: async (key) => data.get(key) ?? bytesOf(''),
  put: async (key, body) => void data.set(key, bytesOf(body)),
  remove: async (key) => void data.delete(key),
  list: async (prefix) => [...data.keys()].filter((key) => key.startsWith(prefix)).toSorted(),
})
