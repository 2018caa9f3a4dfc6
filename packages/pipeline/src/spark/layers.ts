import type { Node } from '../expression/node.ts'
import type { Argument } from './operator-sql.ts'
import { operatorSql } from './operator-sql.ts'
import { literalSql, quoted } from './sql-text.ts'

/** A distinct subtree, computed once: as column `name` of the SELECT number `level`. */
interface Step {
  readonly name: string
  readonly level: number
  readonly sql: string
}

const finite = (sql: string) => `CASE WHEN abs(${sql}) <= 1.7976931348623157E308D THEN ${sql} + 0D END`

/**
 * Trees as nested SELECTs, one for each level of their depth. A subtree that several trees share is computed once, and an
 * operator's text may repeat its arguments, which are columns by then: nested in one expression it would grow with the
 * power of its depth. `kept` are columns of the table that the result has, too.
 */
export const layered = (table: string, kept: readonly string[], trees: Readonly<Record<string, Node>>): string => {
  const steps = new Map<string, Step>()

  const step = (key: string, level: number, sql: string): Step => {
    const known = steps.get(key)
    if (known) return known
    const added = { name: `_${steps.size}`, level, sql }
    steps.set(key, added)
    return added
  }

  /** A tree's text, and the SELECT from which on it can be used. */
  const use = (node: Node): { readonly sql: string; readonly from: number } => {
    if (node.op === 'literal') return { sql: literalSql(node), from: 0 }
    if (node.op === 'column' && node.type !== 'double') return { sql: quoted(node.name), from: 0 }
    if (node.op === 'column') {
      const { name } = step(JSON.stringify(node), 1, finite(quoted(node.name)))
      return { sql: name, from: 1 }
    }
    const args = node.args.map((arg) => ({ arg, ...use(arg) }))
    const level = 1 + Math.max(0, ...args.map(({ from }) => from))
    const made = step(
      JSON.stringify(node),
      level,
      operatorSql[node.op](
        args.map(({ arg, sql }): Argument => ({
          type: arg.type,
          ...(arg.scale === undefined ? {} : { scale: arg.scale }),
          sql,
        })),
        node,
      ),
    )
    return { sql: made.name, from: made.level }
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
