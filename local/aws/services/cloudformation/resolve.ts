import { attributeOf, intrinsicOf, placeholders, substitutionOf } from './intrinsic.ts'
import { invalidTemplate } from './template.ts'

/** What the names of a template mean at the moment. */
export interface Scope {
  /** A parameter, pseudo-parameter or resource; undefined when there is none of that name. */
  ref(name: string): unknown
  attribute(resource: string, attribute: string): unknown
  condition(name: string): boolean
  mapping(map: string, first: string, second: string): unknown
}

/** `AWS::NoValue`: takes its property or item away. */
export const noValue: unique symbol = Symbol('AWS::NoValue')

const wrong = (name: string, expected: string) => invalidTemplate(`Template error: ${name} wants ${expected}`)

const list = (name: string, value: unknown, expected: string): unknown[] => {
  if (!Array.isArray(value)) throw wrong(name, expected)
  return value
}

const text = (name: string, value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw wrong(name, `text, not ${JSON.stringify(value)}`)
}

const known = (scope: Scope, name: string): unknown => {
  const value = scope.ref(name)
  if (value === undefined) {
    throw invalidTemplate(
      `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
    )
  }
  return value
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => known(scope, text('Ref', argument)),

  'Fn::GetAtt': (argument, scope) => {
    const { resource, attribute } = attributeOf(argument)
    return scope.attribute(resource, attribute)
  },

  'Fn::Sub': (argument, scope) => {
    const { text: pattern, variables } = substitutionOf(argument)
    return pattern.replace(placeholders, (whole, inner: string) => {
      const name = inner.trim()
      if (name.startsWith('!')) return `\${${name.slice(1)}}`
      if (Object.hasOwn(variables, name)) return text('Fn::Sub', resolve(variables[name], scope))
      const value = name.includes('.') ? intrinsics['Fn::GetAtt']?.(name, scope) : known(scope, name)
      return text(`Fn::Sub (${whole})`, value)
    })
  },

  'Fn::Join': (argument, scope) => {
    const expected = 'a separator and a list of texts'
    const [separator, parts] = list('Fn::Join', argument, expected)
    const items = list('Fn::Join', resolve(parts, scope), expected)
    return items.map((item) => text('Fn::Join', item)).join(text('Fn::Join', separator))
  },

  'Fn::Split': (argument, scope) => {
    const [separator, source] = list('Fn::Split', argument, 'a separator and a text')
    return text('Fn::Split', resolve(source, scope)).split(text('Fn::Split', separator))
  },

  'Fn::Select': (argument, scope) => {
    const expected = 'an index and a list that is long enough'
    const [index, items] = list('Fn::Select', argument, expected)
    const choices = list('Fn::Select', resolve(items, scope), expected)
    const choice = choices[Number(resolve(index, scope))]
    if (choice === undefined) throw wrong('Fn::Select', expected)
    return choice
  },

  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = list('Fn::If', argument, 'a condition and two values')
    return resolve(scope.condition(text('Fn::If', condition)) ? yes : no, scope)
  },

  'Fn::GetAZs': (argument, scope) => {
    const region = text('Fn::GetAZs', resolve(argument, scope)) || text('Fn::GetAZs', known(scope, 'AWS::Region'))
    return ['a', 'b', 'c'].map((zone) => `${region}${zone}`)
  },

  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = list('Fn::FindInMap', argument, 'a map and two keys').map((part) =>
      text('Fn::FindInMap', resolve(part, scope)),
    )
    return scope.mapping(map ?? '', first ?? '', second ?? '')
  },
}

/** A template's value with every intrinsic function replaced. Throws ValidationError for what is not supported. */
export const resolve = (value: unknown, scope: Scope): unknown => {
  const intrinsic = intrinsicOf(value)
  if (intrinsic) {
    const apply = intrinsics[intrinsic.name]
    if (!apply) throw invalidTemplate(`Template error: ${intrinsic.name} is not supported by this platform`)
    return apply(intrinsic.argument, scope)
  }
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, member]) => [key, resolve(member, scope)] as const)
        .filter(([, member]) => member !== noValue),
    )
  }
  return value
}
