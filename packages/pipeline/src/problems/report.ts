import type { Node } from '../expression/node.ts'
import { treeProblems } from '../expression/tree-problems.ts'
import type { Problem } from './invalid-pipeline.ts'

/** Problems of one part; each is a condition that does not hold. */
export class Report {
  readonly problems: Problem[] = []

  /** Notes `message` at `path` unless the condition holds. */
  expect(holds: boolean, path: string, message: string): void {
    if (!holds) this.problems.push({ path, message })
  }

  /** What an engine could not run is refused when it is defined. */
  tree(node: Node, path: string): void {
    for (const message of new Set(treeProblems(node))) this.expect(false, path, message)
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
