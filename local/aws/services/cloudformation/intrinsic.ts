import { invalidTemplate } from './template.ts'

/** The function of `{ "Fn::Join": … }` or `{ "Ref": … }`, or undefined for anything else. */
export const intrinsicOf = (value: unknown): { name: string; argument: unknown } | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length !== 1 || !only) return undefined
  const [name, argument] = only
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined
}

/** `["Resource", "Attribute"]` or `"Resource.Attribute"`. */
export const attributeOf = (argument: unknown): { resource: string; attribute: string } => {
  const parts: unknown = typeof argument === 'string' ? argument.split(/\.(.*)/s).slice(0, 2) : argument
  if (Array.isArray(parts) && parts.length === 2 && typeof parts[0] === 'string' && typeof parts[1] === 'string') {
    return { resource: parts[0], attribute: parts[1] }
  }
  throw invalidTemplate(
    `Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute`,
  )
}

/** Text and own variables of `Fn::Sub`. */
export const substitutionOf = (argument: unknown): { text: string; variables: Readonly<Record<string, unknown>> } => {
  if (typeof argument === 'string') return { text: argument, variables: {} }
  if (Array.isArray(argument) && argument.length === 2) {
    const [text, variables]: unknown[] = argument
    if (typeof text === 'string' && typeof variables === 'object' && variables !== null && !Array.isArray(variables)) {
      return { text, variables: Object.fromEntries(Object.entries(variables)) }
    }
  }
  throw invalidTemplate("Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments.")
}

/** `${Name}`, `${Name.Attribute}`, `${!Literal}`. */
export const placeholders = /\$\{([^}]*)\}/g
