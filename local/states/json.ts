export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json }

export type JsonObject = { readonly [member: string]: Json }

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The type's name as JSONata and AWS's messages have it. */
export const typeOf = (value: Json): 'null' | 'array' | 'object' | 'string' | 'number' | 'boolean' => {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : (typeof value as 'object' | 'string' | 'number' | 'boolean')
}
