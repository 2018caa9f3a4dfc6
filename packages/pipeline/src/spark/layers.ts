import type { Node } from '../expression/node.ts'
import type { Argument } from './operator-sql.ts'
import { finite, operatorSql } from './operator-sql.ts'
import { literalSql, quoted } from './sql-text.ts'

/** A distinct subtree, computed once: as column `name` of the SELECT number `level`. */
interface Step {
  readonly name: string
  readonly level: number
  readonly sql: string
}

/** A subtree's text, and the SELECT from which on it can be used. */
interface Used {
  readonly sql: string
  readonly from: number
}

/**
 * Trees as nested SELECTs, one for each level of their depth. A subtree that several trees share is computed once, and an
 * operator's text may repeat its arguments, which are columns by then: nested in one expression it would grow with the
 * power of its depth. `kept` are columns of the table that the result has, too.
 */
export const layered = (table: string, kept: readonly string[], trees: Readonly<Record<string, Node>>): string => {
  /** By their text: it consists of names, so that equal texts are equal values. */
  const steps = new Map<string, Step>()
  const used = new Map<Node, Used>()

  const step = (sql: string, level: number): Used => {
    const made = steps.get(sql) ?? { name: `_${steps.size}`, level, sql }
    steps.set(sql, made)
    return { sql: made.name, from: made.level }
  }

  const compiled = (node: Node): Used => {
    if (node.op === 'literal') return { sql: literalSql(node), from: 0 }
    if (node.op === 'column')
      return node.type === 'double' ? step(finite(quoted(node.name)), 1) : { sql: quoted(node.name), from: 0 }
    const args = node.args.map(use)
    const typed = node.args.map(({ type, scale }, at): Argument => ({
      type,
      ...(scale === undefined ? {} : { scale }),
      sql: args[at]?.sql ?? '',
    }))
    return step(operatorSql[node.op](typed, node), 1 + Math.max(0, ...args.map(({ from }) => from)))
  }

  const use = (node: Node): Used => {
    const known = used.get(node) ?? compiled(node)
    used.set(node, known)
    return known
  }

  const outputs = [
    ...kept.map(quoted),
    ...Object.entries(trees).map(([name, node]) => `${use(node).sql} AS ${quoted(name)}`),
  ]
  const levels = Math.max(0, ...[...steps.values()].map(({ level }) => level))
  let from = table
  for (let level = 1; level <= levels; level += 1) {
    const columns = [...steps.values()]
      .filter((each) => each.level === level)
      .map(({ name, sql }) => `${sql} AS ${name}`)
    from = `(SELECT *,\n  ${columns.join(',\n  ')}\nFROM ${from})`
  }
  return `SELECT\n  ${outputs.join(',\n  ')}\nFROM ${from}`
}
