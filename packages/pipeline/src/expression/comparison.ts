import type { Compile, Compiled, Given } from './compiled.ts'
import { binary, unary } from './compiled.ts'
import { comparables } from './comparables.ts'
import type { OperatorNode } from './node.ts'
import { widened } from './numbers.ts'

const comparison = (holds: (a: Given, b: Given) => boolean): Compile =>
  binary(({ args }) => {
    const [left, right] = comparables(args)
    return (a, b) => (left && right ? holds(left(a), right(b)) : null)
  })

/** Operators whose first argument is looked up among constants; none of these is null. */
const among = (constants: readonly Compiled[], convert: readonly ((x: Given) => Given | null)[]): readonly Given[] =>
  constants.flatMap((constant, at) => {
    const value = constant({})
    const held = value === null ? null : (convert[at]?.(value) ?? null)
    return held === null ? [] : [held]
  })

const withConstants =
  (
    converters: (node: OperatorNode) => readonly ((x: Given) => Given | null)[],
    result: (constants: readonly Given[]) => (x: Given) => Given | null,
  ): Compile =>
  (node, [x, ...constants]) => {
    const [convert, ...others] = converters(node)
    const of = result(among(constants, others))
    return unary(() => (a) => {
      const value = convert?.(a) ?? null
      return value === null ? null : of(value)
    })(node, x ? [x] : [])
  }

const compared = ({ args }: OperatorNode) => comparables(args)

export const comparisonOperators = {
  above: comparison((a, b) => a > b),
  below: comparison((a, b) => a < b),
  is: comparison((a, b) => a === b),
  one_of: withConstants(compared, (values) => {
    const set = new Set(values)
    return (x) => set.has(x)
  }),
  bucket: withConstants(compared, (edges) => (x) => edges.findLastIndex((edge) => edge <= x) + 1),
  clamp: withConstants(
    (node) => node.args.map((arg) => widened(arg, node)),
    ([min, max]) =>
      (x) => {
        if (min === undefined || max === undefined) return null
        return x < min ? min : x > max ? max : x
      },
  ),
} as const
