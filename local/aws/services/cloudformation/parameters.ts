import type { Template, TemplateParameter } from './template.ts'
import { invalidTemplate } from './template.ts'

/** One parameter of a request. */
export interface GivenParameter {
  readonly ParameterKey: string
  readonly ParameterValue?: string | undefined
  readonly UsePreviousValue?: boolean | undefined
}

const check = (name: string, value: string, rules: TemplateParameter): void => {
  const refused = (constraint: string) =>
    invalidTemplate(`Parameter '${name}' ${rules.ConstraintDescription ?? `must satisfy constraint ${constraint}`}`)
  if (rules.AllowedValues && !rules.AllowedValues.map(String).includes(value)) {
    throw invalidTemplate(`Parameter '${name}' must be one of AllowedValues`)
  }
  if (rules.AllowedPattern !== undefined && !new RegExp(`^(?:${rules.AllowedPattern})$`).test(value)) {
    throw refused(`AllowedPattern: ${rules.AllowedPattern}`)
  }
  if (rules.MinLength !== undefined && value.length < rules.MinLength) throw refused(`MinLength: ${rules.MinLength}`)
  if (rules.MaxLength !== undefined && value.length > rules.MaxLength) throw refused(`MaxLength: ${rules.MaxLength}`)
  if (rules.Type !== 'Number') return
  const number = Number(value)
  if (value.trim() === '' || Number.isNaN(number)) throw invalidTemplate(`Parameter '${name}' must be a number.`)
  if (rules.MinValue !== undefined && number < rules.MinValue) throw refused(`MinValue: ${rules.MinValue}`)
  if (rules.MaxValue !== undefined && number > rules.MaxValue) throw refused(`MaxValue: ${rules.MaxValue}`)
}

/** The values of a template's parameters: given, kept from before, or default. */
export const parameterValues = (
  template: Template,
  given: readonly GivenParameter[],
  before: Readonly<Record<string, string>>,
): Record<string, string> => {
  const declared = template.Parameters ?? {}
  const unknown = given.filter(({ ParameterKey }) => !Object.hasOwn(declared, ParameterKey))
  if (unknown.length > 0) {
    throw invalidTemplate(
      `Parameters: [${unknown.map((one) => one.ParameterKey).join(', ')}] do not exist in the template`,
    )
  }
  const values = Object.entries(declared).map(([name, rules]) => {
    const own = given.find(({ ParameterKey }) => ParameterKey === name)
    const value = own?.UsePreviousValue ? before[name] : own?.ParameterValue
    return [name, value ?? (rules.Default === undefined ? undefined : String(rules.Default)), rules] as const
  })
  const missing = values.filter(([, value]) => value === undefined).map(([name]) => name)
  if (missing.length > 0) throw invalidTemplate(`Parameters: [${missing.join(', ')}] must have values`)
  for (const [name, value, rules] of values) check(name, value ?? '', rules)
  return Object.fromEntries(values.map(([name, value]) => [name, value ?? '']))
}

/** What `Ref` gives for a parameter: text, or a list for the list types. */
export const parameterRef = (rules: TemplateParameter, value: string): unknown =>
  /^(?:CommaDelimitedList|List<)/.test(rules.Type) ? value.split(',').map((item) => item.trim()) : value
