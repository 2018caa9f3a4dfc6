import type * as z from 'zod'

/** What of a zod schema the protocols look at. */
interface Definition {
  readonly type: string
  readonly innerType?: z.ZodType
  readonly element?: z.ZodType
  readonly valueType?: z.ZodType
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly options?: readonly z.ZodType[]
}

const definition = (schema: z.ZodType): Definition => schema.def

/** The schema inside optional, default, nullable and the like. */
const inner = (schema: z.ZodType): z.ZodType => {
  const { innerType } = definition(schema)
  return innerType ? inner(innerType) : schema
}

/** Whether an object schema has a member; a schema of another kind may have any. */
export const hasMember = (schema: z.ZodType, member: string): boolean => {
  const { shape } = definition(inner(schema))
  return shape === undefined || member in shape
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** The items of a list in XML: repeated, alone, or in an element that wraps them. */
const itemsOf = (value: unknown, element: z.ZodType): unknown => {
  if (value === '') return []
  if (Array.isArray(value)) return value
  if (isPlain(value)) {
    const [only, ...others] = Object.entries(value)
    if (only && others.length === 0 && !hasMember(element, only[0])) return itemsOf(only[1], element)
  }
  return [value]
}

const members = (value: Record<string, unknown>, shape: Readonly<Record<string, z.ZodType>>) => {
  const typed = { ...value }
  for (const [name, schema] of Object.entries(shape)) {
    const singular = name.slice(0, -1)
    if (!(name in typed) && name.endsWith('s') && singular in typed && !(singular in shape)) {
      typed[name] = typed[singular]
      delete typed[singular]
    }
    if (typed[name] !== undefined) typed[name] = textToTyped(typed[name], schema)
  }
  return typed
}

/**
 * Gives text from XML, a query or a header the type that the schema wants: numbers, booleans, lists, empty structures.
 * What does not look like the wanted type stays as it is, for the schema to refuse.
 */
export const textToTyped = (value: unknown, schema: z.ZodType): unknown => {
  const { type, shape, element, valueType } = definition(inner(schema))
  if (type === 'number' && typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)))
    return Number(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  if (type === 'array' && element) {
    const items = itemsOf(value, element)
    return Array.isArray(items) ? items.map((item: unknown) => textToTyped(item, element)) : items
  }
  if (type === 'object' && shape) {
    if (value === '') return {}
    if (isPlain(value)) return members(value, shape)
  }
  if (type === 'record' && valueType && isPlain(value))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, textToTyped(each, valueType)]))
  return value
}
