export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json }

export type JsonObject = { readonly [member: string]: Json }

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A kind of value, by the name that JSONata and AWS's messages give it. */
export interface Kind<T extends Json> {
  readonly name: string
  readonly is: (value: Json) => value is T
}

/** Every kind of JSON value: `kinds.object.is(value)`. */
export const kinds = {
  null: { name: 'null', is: (value: Json): value is null => value === null },
  array: { name: 'array', is: (value: Json): value is readonly Json[] => Array.isArray(value) },
  object: { name: 'object', is: (value: Json): value is JsonObject => isObject(value) },
  string: { name: 'string', is: (value: Json): value is string => typeof value === 'string' },
  number: { name: 'number', is: (value: Json): value is number => typeof value === 'number' },
  boolean: { name: 'boolean', is: (value: Json): value is boolean => typeof value === 'boolean' },
}

export const kindOf = (value: Json): string => Object.values(kinds).find(({ is }) => is(value))?.name ?? 'undefined'
