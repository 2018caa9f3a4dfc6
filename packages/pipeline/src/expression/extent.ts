import type { Node } from './node.ts'

/** How many operators a tree has, and how many of them are nested at most. What is shared counts each time. */
export interface Extent {
  readonly operators: number
  readonly depth: number
}

/** What both engines run. Spark plans wider ones for minutes, and deeper ones overflow the stack of its parser. */
export const largest: Extent = { operators: 500, depth: 100 }

const leaf: Extent = { operators: 0, depth: 0 }

/** The extent of a tree. Looks at each subtree once, however often it is shared. */
export const extentOf = (tree: Node): Extent => {
  const known = new Map<Node, Extent>()
  const of = (node: Node): Extent => {
    if (node.op === 'column' || node.op === 'literal') return leaf
    const found = known.get(node)
    if (found) return found
    const args = node.args.map(of)
    const extent = {
      operators: 1 + args.reduce((sum, { operators }) => sum + operators, 0),
      depth: 1 + Math.max(0, ...args.map(({ depth }) => depth)),
    }
    known.set(node, extent)
    return extent
  }
  return of(tree)
}
