import { compile } from '../expression/compile.ts'
import type { Compiled } from '../expression/compiled.ts'
import type { WindowFeatures } from './windowed.ts'

/** An aggregated expression; features that aggregate the same one share it. */
export interface Measure {
  readonly value: Compiled
  /** Digits after the point of a decimal, whose sum is one of units. */
  readonly scale: number
  readonly sums: boolean
  readonly extremes: boolean
}

/** The distinct expressions that features aggregate, and which feature aggregates which (−1: none, it counts rows). */
export const measuresOf = (features: WindowFeatures): { measures: Measure[]; measureOf: number[] } => {
  const trees = Object.values(features).map(({ of }) => (of ? JSON.stringify(of) : ''))
  const distinct = [...new Set(trees)].filter((tree) => tree !== '')
  const measures = distinct.flatMap((tree) => {
    const sharing = Object.values(features).filter((_, at) => trees[at] === tree)
    const extremes = sharing.some(({ aggregate }) => aggregate === 'min' || aggregate === 'max')
    const sums = sharing.some(({ aggregate }) => aggregate !== 'min' && aggregate !== 'max')
    const node = sharing[0]?.of
    return node ? [{ value: compile(node), scale: node.scale ?? 0, sums, extremes }] : []
  })
  return { measures, measureOf: trees.map((tree) => distinct.indexOf(tree)) }
}
