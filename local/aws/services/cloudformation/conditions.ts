import { isDeepStrictEqual } from 'node:util'
import type { Scope } from './resolve.ts'
import { resolve } from './resolve.ts'
import type { Template } from './template.ts'
import { invalidTemplate } from './template.ts'

const operands = (name: string, argument: unknown, least: number, most: number): unknown[] => {
  if (Array.isArray(argument) && argument.length >= least && argument.length <= most) return argument
  throw invalidTemplate(`Template error: ${name} wants ${least} to ${most} operands`)
}

/** The template's conditions, each evaluated when it is asked for. */
export const conditionsOf = (template: Template, scope: () => Scope): ((name: string) => boolean) => {
  const known = new Map<string, boolean>()
  const open = new Set<string>()

  const holds = (expression: unknown): boolean => {
    const [entry] = typeof expression === 'object' && expression !== null ? Object.entries(expression) : []
    const [name, argument] = entry ?? []
    switch (name) {
      case 'Condition':
        return named(String(argument))
      case 'Fn::Equals': {
        const [left, right] = operands(name, argument, 2, 2).map((operand) => resolve(operand, scope()))
        return isDeepStrictEqual(left, right) || String(left) === String(right)
      }
      case 'Fn::And':
        return operands(name, argument, 2, 10).every(holds)
      case 'Fn::Or':
        return operands(name, argument, 2, 10).some(holds)
      case 'Fn::Not':
        return !operands(name, argument, 1, 1).some(holds)
      default:
        throw invalidTemplate(`Template error: ${name ?? JSON.stringify(expression)} is no condition`)
    }
  }

  const named = (name: string): boolean => {
    const kept = known.get(name)
    if (kept !== undefined) return kept
    const expression = template.Conditions?.[name]
    if (expression === undefined)
      throw invalidTemplate(`Template format error: Unresolved condition dependency ${name}`)
    if (open.has(name))
      throw invalidTemplate(`Template format error: Circular dependency between conditions: [${name}]`)
    open.add(name)
    const value = holds(expression)
    known.set(name, value)
    return value
  }
  return named
}
