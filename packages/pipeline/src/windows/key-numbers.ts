import type { Value, Values } from '../value.ts'

/** Numbers the keys of rows, each of several columns, without making a text of them: a tree of maps. */
export class KeyNumbers {
  readonly #names: readonly string[]
  readonly #maps: Map<Value, number>[] = [new Map()]
  #keys = 0

  constructor(names: readonly string[]) {
    this.#names = names
  }

  /** Equal keys have equal numbers, which count from 0 in the order in which keys are met. */
  of(row: Values): number {
    const last = this.#names.length - 1
    let map = 0
    for (let depth = 0; depth < last; depth += 1) map = this.#inside(map, row[this.#names[depth] ?? ''] ?? null)
    return this.#keyIn(map, row[this.#names[last] ?? ''] ?? null)
  }

  #inside(map: number, value: Value): number {
    const known = this.#maps[map]?.get(value)
    if (known !== undefined) return known
    const made = this.#maps.push(new Map()) - 1
    this.#maps[map]?.set(value, made)
    return made
  }

  #keyIn(map: number, value: Value): number {
    const known = this.#maps[map]?.get(value)
    if (known !== undefined) return known
    this.#maps[map]?.set(value, this.#keys)
    this.#keys += 1
    return this.#keys - 1
  }
}
