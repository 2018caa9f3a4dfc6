import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Node, Value, Values } from '@hopline/pipeline'
import { compile } from '@hopline/pipeline/compile'
import { rowsSql } from '@hopline/pipeline/spark'
import { edgeColumns, edgeTypes } from '@hopline/pipeline/test-support/edge-values'
import { evaluate } from '@hopline/pipeline/test-support/reference'
import { readFolder, writeParquet } from './parquet.ts'
import { same, shown } from './same.ts'
import type { Spark } from './spark.ts'

/** A tree and a row on which the engines disagree; `spark` is what Spark says. */
export interface Disagreement {
  readonly node: Node
  readonly row: Values
  readonly typescript: Value
  readonly written: Value
  readonly spark: Value
}

const perQuery = 40

/** The row's own columns that a tree reads. */
const readBy = (node: Node): string[] =>
  node.op === 'column' ? [node.name] : node.op === 'literal' ? [] : [...new Set(node.args.flatMap(readBy))]

const subtrees = (node: Node): Node[] =>
  node.op === 'column' || node.op === 'literal' ? [] : [...node.args.flatMap(subtrees), node]

/** Evaluates trees on every row with both engines and the reference. Yields where they disagree. */
export class Trees {
  readonly #spark: Spark
  readonly #folder: string
  readonly #rows: readonly Values[]
  #queries = 0
  evaluations = 0

  private constructor(spark: Spark, folder: string, rows: readonly Values[]) {
    this.#spark = spark
    this.#folder = folder
    this.#rows = rows
  }

  static async over(rows: readonly Values[], spark: Spark, folder: string): Promise<Trees> {
    mkdirSync(folder, { recursive: true })
    const file = join(folder, 'rows.parquet')
    const columns = Object.fromEntries(
      Object.keys(edgeTypes).map((name) => [name, rows.map((row) => row[name] ?? null)]),
    )
    writeParquet(file, { ...edgeTypes, _row: { type: 'int' } }, { ...columns, _row: rows.map((_, at) => at) })
    await spark.table('edges', file)
    return new Trees(spark, folder, rows)
  }

  async check(nodes: readonly Node[]): Promise<Disagreement[]> {
    const found: Disagreement[] = []
    for (let first = 0; first < nodes.length; first += perQuery) {
      found.push(...(await this.#query(nodes.slice(first, first + perQuery))))
    }
    return found
  }

  /** The smallest subtree that already disagrees. */
  async shrink({ node }: Disagreement): Promise<Disagreement | undefined> {
    const [smallest] = await this.#query(
      subtrees(node)
        .toSorted((a, b) => size(a) - size(b))
        .slice(0, 200),
    )
    return smallest
  }

  async #query(nodes: readonly Node[]): Promise<Disagreement[]> {
    const folder = join(this.#folder, `trees-${(this.#queries += 1)}`)
    const features = Object.fromEntries(nodes.map((node, at) => [`f${at}`, { node }]))
    await this.#spark.write(rowsSql({ columns: {}, features }, 'edges', ['_row']), folder)
    const compiled = nodes.map(compile)
    const found = new Map<number, Disagreement>()
    for await (const values of readFolder(folder)) {
      const row = this.#rows[Number(values['_row'])] ?? {}
      for (const [at, node] of nodes.entries()) {
        const spark = values[`f${at}`] ?? null
        const typescript = compiled[at]?.(row) ?? null
        this.evaluations += 1
        if (same(spark, typescript) || found.has(at)) continue
        found.set(at, { node, row, typescript, written: evaluate(node, row), spark })
      }
    }
    return [...found].toSorted(([a], [b]) => a - b).map(([, disagreement]) => disagreement)
  }
}

const size = (node: Node): number =>
  node.op === 'column' || node.op === 'literal' ? 1 : node.args.reduce((total, arg) => total + size(arg), 1)

/** A disagreement for people. */
export const told = ({ node, row, typescript, written, spark }: Disagreement): string => {
  const read = Object.fromEntries(readBy(node).map((name) => [name, row[name] ?? null]))
  const values = shown({ written, typescript, spark })
  return `${JSON.stringify(node)}\n    on ${shown(read)}\n    ${values}`
}

export const edgeNames = Object.keys(edgeColumns)
