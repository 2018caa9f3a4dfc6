import type { Type } from '../value.ts'

/** The operators; docs/contract.md says what each means. */
export const operators = [
  ...(['plus', 'minus', 'times', 'per', 'absolute', 'floor', 'clamp', 'bucket', 'log', 'square_root'] as const),
  ...(['above', 'below', 'is', 'one_of', 'missing', 'and', 'or', 'not', 'choose', 'or_else'] as const),
  ...(['length', 'concat', 'hour', 'weekday', 'day', 'month', 'year', 'date', 'midnight'] as const),
  ...(['minutes_since', 'days_since', 'after', 'after_minutes', 'after_days'] as const),
] as const
export type Operator = (typeof operators)[number]

export interface ColumnNode extends Type {
  readonly op: 'column'
  readonly name: string
}

/** A constant. Longs, decimals, timestamps and dates are text, which JSON holds exactly. */
export interface LiteralNode extends Type {
  readonly op: 'literal'
  readonly value: string | number | boolean
}

export interface OperatorNode extends Type {
  readonly op: Operator
  readonly args: readonly Node[]
}

/** An expression as data: it travels in contract.json, is hashed, and is compiled by each engine. */
export type Node = ColumnNode | LiteralNode | OperatorNode

/** The source columns that an expression reads. */
export const columnsRead = (node: Node): Set<string> => {
  const names = new Set<string>()
  const seen = new Set<Node>()
  const visit = (each: Node) => {
    if (seen.has(each)) return
    seen.add(each)
    if (each.op === 'column') names.add(each.name)
    else if (each.op !== 'literal') for (const arg of each.args) visit(arg)
  }
  visit(node)
  return names
}
