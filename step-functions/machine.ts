import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { StateMachine } from '../local/states/index.ts'

/** A machine of this folder as CloudFormation would create it. */
export const machine = (name: string, substitutions: Readonly<Record<string, string>>): StateMachine => {
  const text = readFileSync(join(import.meta.dirname, `${name}.asl.yml`), 'utf8')
  const substituted = text.replaceAll(/\$\{(\w+)\}/g, (_, key: string) => {
    const value = substitutions[key]
    if (value === undefined) throw new Error(`${name} uses \${${key}}, which nothing substitutes`)
    return value
  })
  // Anchors and merges are gone once it is JSON, as they are in the template, which takes no null.
  const machine: StateMachine = JSON.parse(JSON.stringify(parse(substituted)), (key, value: unknown) => {
    if (value === null) throw new Error(`${name} has null as ${key}: write '{% null %}'`)
    return value
  })
  return machine
}
