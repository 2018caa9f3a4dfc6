import fc from 'fast-check'
import { typeOfColumn } from '../src/columns.ts'
import { decimalDigits } from '../src/expression/decimal.ts'
import type { Node, Operator } from '../src/expression/node.ts'
import { typeOf } from '../src/expression/signature.ts'
import { treeProblems } from '../src/expression/tree-problems.ts'
import type { Kind, Value, Values } from '../src/value.ts'
import { edgeColumns, edgeValues } from './edge-values.ts'

const columns = Object.entries(edgeColumns)

const column = (kind: Kind): fc.Arbitrary<Node> =>
  fc.constantFrom(
    ...columns.flatMap(([name, each]) =>
      each.kind === kind ? [{ op: 'column' as const, ...typeOfColumn(each), name }] : [],
    ),
  )

const constants: Readonly<Record<Kind, fc.Arbitrary<Node>>> = {
  int: fc.constantFrom(0, 1, -1, 3, 15, 1440, 2 ** 31 - 1).map((value) => ({ op: 'literal', type: 'int', value })),
  long: fc
    .constantFrom('0', '-7', '9007199254740993', '9223372036854775807', '-9223372036854775808')
    .map((value) => ({ op: 'literal', type: 'long', value })),
  decimal: fc
    .constantFrom('0', '-1.5', '0.01', '12.34', '99999999999.999')
    .map((value) => ({ op: 'literal', type: 'decimal', scale: value.split('.')[1]?.length ?? 0, value })),
  double: fc.constantFrom(0.5, -1.5, 1e-300, 1e300, 4.25).map((value) => ({ op: 'literal', type: 'double', value })),
  boolean: fc.boolean().map((value) => ({ op: 'literal', type: 'boolean', value })),
  string: fc.constantFrom('', 'a', '-', 'ß', "it's", '🛬').map((value) => ({ op: 'literal', type: 'string', value })),
  timestamp: fc
    .constantFrom('1970-01-01T00:00:00Z', '2001-02-28T23:59:59.999Z')
    .map((value) => ({ op: 'literal', type: 'timestamp', value })),
  date: fc.constantFrom('1970-01-01', '2000-02-29').map((value) => ({ op: 'literal', type: 'date', value })),
}

/** The operator of these arguments; the first of them where it does not take them (a product of too many digits). */
const applied = (op: Operator, args: readonly Node[]): Node => {
  const type = typeOf(op, args)
  const [first = { op: 'literal', type: 'boolean', value: true } satisfies Node] = args
  const node: Node = { op, ...(type ?? { type: 'int' }), args }
  return type && (type.scale ?? 0) <= decimalDigits && treeProblems(node).length === 0 ? node : first
}
const apply = (op: Operator, ...args: readonly fc.Arbitrary<Node>[]): fc.Arbitrary<Node> =>
  fc.tuple(...args).map((nodes) => applied(op, nodes))

const ascending = (kind: 'int' | 'double', length: { minLength: number; maxLength: number }) =>
  fc
    .uniqueArray(
      kind === 'int' ? fc.integer({ min: -50, max: 5000 }) : fc.constantFrom(-2.5, 0.5, 1.75, 1e9, 1e18),
      length,
    )
    .map((values) => values.toSorted((a, b) => a - b).map((value): Node => ({ op: 'literal', type: kind, value })))

const withConstants = (op: Operator, x: fc.Arbitrary<Node>, others: fc.Arbitrary<Node[]>) =>
  fc.tuple(x, others).map(([first, rest]) => applied(op, [first, ...rest]))

/** Trees of each kind over the edge columns; they use every operator. */
const trees = (maxDepth: number) =>
  fc.letrec<Record<Kind, Node>>((tie) => {
    const [i, l, p, x] = [tie('int'), tie('long'), tie('decimal'), tie('double')]
    const [b, s, t, d] = [tie('boolean'), tie('string'), tie('timestamp'), tie('date')]
    const whole = fc.oneof(i, l)
    const narrow = fc.oneof(i, l, p)
    const number = fc.oneof(i, l, p, x)
    const any = fc.oneof(number, b, s, t, d)
    const kind = (name: Kind, ...operators: fc.Arbitrary<Node>[]) =>
      fc.oneof({ maxDepth, depthIdentifier: 'tree' }, column(name), constants[name], ...operators)
    const arithmetic = (same: fc.Arbitrary<Node>, other: fc.Arbitrary<Node>) => [
      apply('plus', same, other),
      apply('minus', same, other),
      apply('times', same, other),
      apply('absolute', same),
      apply('choose', b, same, other),
      apply('or_else', same, other),
    ]
    return {
      int: kind(
        'int',
        ...arithmetic(i, i),
        apply('floor', x),
        withConstants('clamp', i, ascending('int', { minLength: 2, maxLength: 2 })),
        withConstants(
          'bucket',
          number,
          fc.oneof(
            ascending('int', { minLength: 1, maxLength: 4 }),
            ascending('double', { minLength: 1, maxLength: 3 }),
          ),
        ),
        apply('length', s),
        apply('hour', t),
        apply('weekday', fc.oneof(t, d)),
        apply('day', fc.oneof(t, d)),
        apply('month', fc.oneof(t, d)),
        apply('year', fc.oneof(t, d)),
        apply('minutes_since', t, t),
        apply('days_since', d, d),
      ),
      long: kind(
        'long',
        ...arithmetic(l, whole),
        apply('floor', p),
        apply('floor', l),
        withConstants('clamp', l, ascending('int', { minLength: 2, maxLength: 2 })),
      ),
      decimal: kind(
        'decimal',
        ...arithmetic(p, narrow),
        withConstants('clamp', p, ascending('int', { minLength: 2, maxLength: 2 })),
      ),
      double: kind(
        'double',
        ...arithmetic(x, number),
        apply('per', number, number),
        apply('log', number),
        apply('square_root', number),
        withConstants('clamp', x, ascending('double', { minLength: 2, maxLength: 2 })),
      ),
      boolean: kind(
        'boolean',
        apply('above', number, number),
        apply('below', number, number),
        apply('is', number, number),
        apply('above', t, t),
        apply('below', d, d),
        apply('is', s, s),
        apply('is', b, b),
        apply('is', t, t),
        apply('and', b, b),
        apply('or', b, b),
        apply('not', b),
        apply('missing', any),
        apply('choose', b, b, b),
        apply('or_else', b, b),
        withConstants('one_of', s, fc.array(constants.string, { minLength: 1, maxLength: 3 })),
        withConstants('one_of', whole, fc.array(constants.int, { minLength: 1, maxLength: 3 })),
      ),
      string: kind(
        'string',
        apply('concat', s, s),
        apply('concat', s, s, s),
        apply('choose', b, s, s),
        apply('or_else', s, s),
      ),
      timestamp: kind(
        'timestamp',
        withConstants(
          'after',
          t,
          fc
            .constantFrom(1, -3_600_000, 86_400_000, 2_592_000_000)
            .map((value) => [{ op: 'literal', type: value > 2 ** 31 ? 'double' : 'int', value }]),
        ),
        apply('after_minutes', t, i),
        apply('midnight', d),
        apply('choose', b, t, t),
        apply('or_else', t, t),
      ),
      date: kind('date', apply('date', t), apply('after_days', d, i), apply('choose', b, d, d), apply('or_else', d, d)),
    }
  })

/** A tree of any kind. */
export const arbitraryTree = (maxDepth = 4): fc.Arbitrary<Node> => {
  const of = trees(maxDepth)
  return fc.oneof(of.int, of.long, of.decimal, of.double, of.boolean, of.string, of.timestamp, of.date)
}

/** A row of the edge columns, its values drawn from the edge values. */
export const arbitraryRow: fc.Arbitrary<Values> = fc
  .record(
    Object.fromEntries(Object.entries(edgeValues).map(([name, values]) => [name, fc.constantFrom<Value>(...values)])),
  )
  .map((row) => ({ ...row }))
