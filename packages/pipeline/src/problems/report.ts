import type { Schema } from '../columns.ts'
import { columnsRead } from '../expression/node.ts'
import { treeProblems } from '../expression/tree-problems.ts'
import type { Kind } from '../value.ts'
import { expected, isExpression } from './check.ts'
import type { Problem } from './invalid-pipeline.ts'

/** Problems of one part; each is a condition that does not hold. */
export class Report {
  readonly problems: Problem[] = []

  /** Notes `message` at `path` unless the condition holds. */
  expect(holds: boolean, path: string, message: string): void {
    if (!holds) this.problems.push({ path, message })
  }

  /** What an engine could not run is refused when it is defined. Says whether it is one that engines can run, and of that kind, if one is asked for. */
  expression(value: unknown, columns: Schema, path: string, kind?: Kind): boolean {
    if (!isExpression(value)) {
      this.expect(false, path, expected('an expression', value))
      return false
    }
    const { node } = value
    const unknown = [...columnsRead(node)].filter((name) => !Object.hasOwn(columns, name))
    const problems =
      unknown.length > 0 ? unknown.map((name) => `there is no ${name}`) : [...new Set(treeProblems(node))]
    const misfit = kind !== undefined && node.type !== kind ? [`must be a ${kind}`] : []
    const told = problems.length > 0 ? problems : misfit
    for (const message of told) this.expect(false, path, message)
    return told.length === 0
  }

  /** Hopsworks' names: they are the same in TypeScript, Hopsworks, Python and JSON. */
  name(name: string, path: string, prefix = ''): void {
    const longest = 63 - prefix.length
    this.expect(
      /^[a-z][a-z0-9_]*$/.test(name) && name.length <= longest,
      path,
      `'${name}' must be snake_case and at most ${longest} characters long`,
    )
  }
}
