import type { Kind } from '../value.ts'

/** The operators; what each means is written in operators.ts. */
export type Operator =
  | 'plus'
  | 'minus'
  | 'times'
  | 'per'
  | 'above'
  | 'below'
  | 'is'
  | 'and'
  | 'or'
  | 'not'
  | 'floor'
  | 'hour'
  | 'weekday'
  | 'after_minutes'
  | 'after'
  | 'before'

/** An expression as data: it travels in contract.json, is hashed, and is compiled by each engine. */
export type Node =
  | { readonly op: 'column'; readonly type: Kind; readonly name: string }
  | { readonly op: 'literal'; readonly type: Kind; readonly value: string | number | boolean }
  | { readonly op: Operator; readonly type: Kind; readonly args: readonly Node[] }

/** The source columns that an expression reads. */
export const columnsRead = (node: Node): Set<string> => {
  if (node.op === 'column') return new Set([node.name])
  return node.op === 'literal' ? new Set() : new Set(node.args.flatMap((arg) => [...columnsRead(arg)]))
}
