import { HopsworksUnexpectedReply } from '../errors.ts'

/** An object of a reply. */
export type Json = Readonly<Record<string, unknown>>

export const unexpected = (path: string, what: string) =>
  new HopsworksUnexpectedReply(`POST ${path}: unexpected reply, ${what}`, { status: 200, method: 'POST', path })

export function parse(reply: string, path: string): Json {
  try {
    return object(JSON.parse(reply), path)
  } catch (error) {
    throw error instanceof SyntaxError ? unexpected(path, 'no JSON') : error
  }
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function object(value: unknown, path: string): Json {
  if (!isObject(value)) throw unexpected(path, 'no object')
  return value
}

export function array(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw unexpected(path, 'no array')
  return value
}

export function text(value: unknown, path: string): string {
  if (typeof value !== 'string') throw unexpected(path, 'no string')
  return value
}
