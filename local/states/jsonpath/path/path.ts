import type { Json } from '../../json.ts'

/** One step of a path. */
export type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indices'; readonly indices: readonly number[] }
  | {
      readonly kind: 'slice'
      readonly from: number | undefined
      readonly to: number | undefined
      readonly step: number
    }
  | { readonly kind: 'every' }
  | { readonly kind: 'descend' }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'function'; readonly name: string }

/** A parsed JSONPath. `root` is `$`, `$$` (the context object), `@` (in a filter) or a variable: `$name`. */
export interface Path {
  readonly root: string
  readonly segments: readonly Segment[]
}

/** What stands in `[?( … )]`. */
export type Filter =
  | { readonly kind: 'either' | 'both'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'present'; readonly path: Path }
  | { readonly kind: 'compare'; readonly left: Operand; readonly operator: string; readonly right: Operand }

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }

/** Whether the path can only lead to one place; any other gives a list, which may be empty. */
export const isDefinite = ({ segments }: Path): boolean =>
  segments.every(({ kind }) => kind === 'name' || kind === 'index' || kind === 'names' || kind === 'function')

/** Whether ResultPath and the like may use it: names and single indices only. */
export const isReference = ({ segments }: Path): boolean =>
  segments.every(({ kind }) => kind === 'name' || kind === 'index')
