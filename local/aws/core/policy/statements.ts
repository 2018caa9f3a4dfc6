/** One statement of a policy document. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Principal?: unknown
  readonly Condition?: Readonly<Record<string, unknown>>
}

const isList = <T>(value: T | readonly T[]): value is readonly T[] => Array.isArray(value)

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : isList(value) ? value : [value]

/** The statements of a policy document in JSON. Throws SyntaxError on what is not JSON. */
export const statementsOf = (document: string): readonly Statement[] => {
  const { Statement }: { Statement?: Statement | readonly Statement[] } = JSON.parse(document)
  return list(Statement)
}

/** Whether text fits a pattern of IAM: `*` any run of characters, `?` any one. */
export const fits = (pattern: string, text: string): boolean => {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(text)
}

const actionFits = (patterns: string | readonly string[] | undefined, action: string) =>
  list(patterns).some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase()))
const resourceFits = (patterns: string | readonly string[] | undefined, resource: string) =>
  list(patterns).some((pattern) => fits(pattern, resource))

/** Whether a statement speaks of an action on a resource; conditions are not looked at. */
export const speaksOf = (statement: Statement, action: string, resource: string): boolean =>
  (statement.NotAction ? !actionFits(statement.NotAction, action) : actionFits(statement.Action, action)) &&
  (statement.NotResource
    ? !resourceFits(statement.NotResource, resource)
    : statement.Resource === undefined || resourceFits(statement.Resource, resource))
