import { kindOf, kinds } from '../json.ts'
import type { Json, JsonObject, Kind } from '../json.ts'
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

/** As `fill`, member by member. */
export const fillMembers = async (template: JsonObject, field: string, variables: Variables): Promise<JsonObject> => {
  const members: [string, Json][] = []
  for (const [name, member] of Object.entries(template))
    members.push([name, await fill(member, `${field}/${name}`, variables)])
  return Object.fromEntries(members)
}

/** Fills in every expression of a template. `field` names it in errors: `Output`, `Output/result`. */
export const fill = async (template: Json, field: string, variables: Variables): Promise<Json> => {
  if (typeof template === 'string') {
    const source = expressionIn(template)
    return source === undefined ? template : valueOf(source, field, variables)
  }
  if (kinds.array.is(template)) {
    const items: Json[] = []
    for (const [index, item] of template.entries()) items.push(await fill(item, `${field}[${index}]`, variables))
    return items
  }
  return kinds.object.is(template) ? fillMembers(template, field, variables) : template
}

const expressionOrField = (template: Json, field: string) => {
  const source = typeof template === 'string' ? expressionIn(template) : undefined
  return source === undefined
    ? `The value of the field '${field}' has an unexpected type.`
    : `The JSONata expression '${source}' specified for the field '${field}' returned an unexpected result type.`
}

/** As `fill`, for a field that must have a value of one kind. */
export const fillAs = async <T extends Json>(
  { name, is }: Kind<T>,
  template: Json,
  field: string,
  variables: Variables,
): Promise<T> => {
  const value = await fill(template, field, variables)
  if (is(value)) return value
  throw new TemplateError(
    `${expressionOrField(template, field)} Expected '${name}', but was '${kindOf(value)}' for value: ${JSON.stringify(value)}`,
    field,
  )
}
