/** A value of an event that patterns can look at. */
export type Leaf = string | number | boolean | null

export type Test = (value: Leaf) => boolean

export const isLeaf = (value: unknown): value is Leaf =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
