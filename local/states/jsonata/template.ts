import { typeOf } from '../json.ts'
import type { Json } from '../json.ts'
import { evaluate, ExpressionError, expressionIn } from './expression.ts'

/** A template that has no value: the field, the expression if there is one, and AWS's sentence about them. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  readonly field: string
  constructor(message: string, field: string) {
    super(message)
    this.field = field
  }
}

export type Variables = Readonly<Record<string, unknown>>

const valueOf = async (source: string, field: string, variables: Variables): Promise<Json> => {
  try {
    return await evaluate(source, variables)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw new TemplateError(
      `The JSONata expression '${source}' specified for the field '${field}' ${error.problem}`,
      field,
    )
  }
}

/** Fills in every expression of a template. `field` names it in errors: `Output`, `Output/result`. */
export const fill = async (template: Json, field: string, variables: Variables): Promise<Json> => {
  if (typeof template === 'string') {
    const source = expressionIn(template)
    return source === undefined ? template : valueOf(source, field, variables)
  }
  if (Array.isArray(template)) {
    const items: Json[] = []
    for (const [index, item] of (template as Json[]).entries())
      items.push(await fill(item, `${field}[${index}]`, variables))
    return items
  }
  if (typeof template !== 'object' || template === null) return template
  const members: [string, Json][] = []
  for (const [name, member] of Object.entries(template))
    members.push([name, await fill(member, `${field}/${name}`, variables)])
  return Object.fromEntries(members)
}

const expressionOrField = (template: Json, field: string) => {
  const source = typeof template === 'string' ? expressionIn(template) : undefined
  return source === undefined
    ? `The value of the field '${field}' has an unexpected type.`
    : `The JSONata expression '${source}' specified for the field '${field}' returned an unexpected result type.`
}

/** As `fill`, for a field that must have a value of one type. */
export const fillAs = async <T extends Json>(
  type: 'array' | 'string' | 'number' | 'boolean',
  template: Json,
  field: string,
  variables: Variables,
): Promise<T> => {
  const value = await fill(template, field, variables)
  const actual = typeOf(value)
  if (actual === type) return value as T
  throw new TemplateError(
    `${expressionOrField(template, field)} Expected '${type}', but was '${actual}' for value: ${JSON.stringify(value)}`,
    field,
  )
}
