import type { Type, Value } from '../value.ts'
import type { Compile, Given } from './compiled.ts'
import { binary, unary } from './compiled.ts'
import type { OperatorNode } from './node.ts'
import { asDouble, asUnits, decimalOrNull, doubleOrNull, intOrNull, longOrNull } from './numbers.ts'
import { floorDivided } from './whole-division.ts'

const untyped: Type = { type: 'double' }
const pair = ({ args: [x, y] }: OperatorNode): readonly [Type, Type] => [x ?? untyped, y ?? untyped]

type Of<N> = (x: N, y: N) => N

/** `units` says which scale the operands are brought to: that of the result where they are added. */
const arithmetic = (ofNumbers: Of<number>, ofBigints: Of<bigint>, sameScale: boolean): Compile =>
  binary((node) => {
    const [x, y] = pair(node)
    if (node.type === 'int') return (a, b) => intOrNull(ofNumbers(Number(a), Number(b)))
    if (node.type === 'double') {
      const [left, right] = [asDouble(x), asDouble(y)]
      return (a, b) => doubleOrNull(ofNumbers(left(a), right(b)))
    }
    const [left, right] = [x, y].map((operand) =>
      asUnits(operand, sameScale ? (node.scale ?? 0) : (operand.scale ?? 0)),
    )
    const orNull = node.type === 'decimal' ? decimalOrNull : longOrNull
    return (a, b) => (left && right ? orNull(ofBigints(left(a), right(b))) : null)
  })

const floor = unary(({ args: [x] }) => {
  if (x?.type === 'double') return (a) => intOrNull(Math.floor(Number(a)))
  if (x?.type !== 'decimal') return (a) => a
  const unit = 10n ** BigInt(x.scale ?? 0)
  return (a) => floorDivided(BigInt(a), unit)
})

const absolute = unary(({ type }) => {
  if (type === 'int') return (a) => intOrNull(Math.abs(Number(a)))
  if (type === 'double') return (a) => Math.abs(Number(a))
  return (a) => longOrNull(BigInt(a) < 0n ? -BigInt(a) : BigInt(a))
})

const ofDouble = (of: (x: number) => number): Compile =>
  unary(({ args: [x = untyped] }) => {
    const double = asDouble(x)
    return (a): Value => doubleOrNull(of(double(a)))
  })

const per = binary((node) => {
  const [left, right] = pair(node).map(asDouble)
  return (a: Given, b: Given) => (left && right ? doubleOrNull(left(a) / right(b)) : null)
})

export const arithmeticOperators = {
  plus: arithmetic(
    (a, b) => a + b,
    (a, b) => a + b,
    true,
  ),
  minus: arithmetic(
    (a, b) => a - b,
    (a, b) => a - b,
    true,
  ),
  times: arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
    false,
  ),
  per,
  absolute,
  floor,
  log: ofDouble(Math.log),
  square_root: ofDouble(Math.sqrt),
} as const
