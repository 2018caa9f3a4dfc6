import type { Value, Values } from '../value.ts'

/** Numbers the keys of rows, each of several columns, without making a text of them: a tree of maps. */
export class KeyNumbers {
  readonly #names: readonly string[]
  readonly #nodes: Map<Value, number>[] = [new Map()]

  constructor(names: readonly string[]) {
    this.#names = names
  }

  /** Equal keys have equal numbers; they are small, and not dense. */
  of(row: Values): number {
    let node = 0
    for (const name of this.#names) node = this.#child(node, row[name] ?? null)
    return node
  }

  #child(node: number, value: Value): number {
    const children = this.#nodes[node]
    const known = children?.get(value)
    if (known !== undefined) return known
    const made = this.#nodes.push(new Map()) - 1
    children?.set(value, made)
    return made
  }
}
