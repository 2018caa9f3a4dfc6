import { typeOfColumn } from '../src/columns.ts'
import type { Node } from '../src/expression/node.ts'
import { operators } from '../src/expression/node.ts'
import { typeOf } from '../src/expression/signature.ts'
import { treeProblems } from '../src/expression/tree-problems.ts'
import { edgeColumns } from './edge-values.ts'

const constant = (value: number): Node => ({ op: 'literal', type: 'int', value })
const text = (value: string): Node => ({ op: 'literal', type: 'string', value })

/** Every operator on every one, two or three edge columns that it takes. */
export const applications = (): Node[] => {
  const reads = Object.entries(edgeColumns).map(([name, column]): Node => ({
    op: 'column',
    ...typeOfColumn(column),
    name,
  }))
  const lists = [
    ...reads.map((x) => [x]),
    ...reads.flatMap((x) => reads.map((y) => [x, y])),
    ...reads.map((x) => [x, constant(60)]),
    ...reads.map((x) => [x, constant(1), constant(60)]),
    ...reads.map((x) => [x, text('ORD'), text('\u00e9')]),
    ...reads.flatMap((x) => (x.type === 'boolean' ? reads.flatMap((y) => reads.map((z) => [x, y, z])) : [])),
  ]
  return operators.flatMap((op) =>
    lists.flatMap((args) => {
      const type = typeOf(op, args)
      const node = type && ({ op, ...type, args } satisfies Node)
      return node && treeProblems(node).length === 0 ? [node] : []
    }),
  )
}
