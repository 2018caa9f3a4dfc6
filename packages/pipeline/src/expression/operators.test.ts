import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { applications } from '../../test-support/applications.ts'
import { arbitraryRow, arbitraryTree } from '../../test-support/arbitrary-trees.ts'
import { edgeValues } from '../../test-support/edge-values.ts'
import { largestTrees } from '../../test-support/largest-trees.ts'
import { parseExample } from '../../test-support/notation.ts'
import { evaluate } from '../../test-support/reference.ts'
import { aggregatedKinds, aggregates } from '../windows/aggregates.ts'
import { reasons } from '../rows/refusal.ts'
import { compile } from './compile.ts'
import { extentOf } from './extent.ts'
import type { Node, Operator } from './node.ts'
import { columnsRead, operators } from './node.ts'
import { treeProblems } from './tree-problems.ts'

const guide = readFileSync(new URL('../../../../docs/contract.md', import.meta.url), 'utf8')

/** Rows of the table under a heading, without its head. */
const tableOf = (heading: string) =>
  (guide.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split(' | ').map((cell) => cell.replaceAll(/^\| | \|$/g, '')))

const rows = tableOf('Operators')

describe('docs/contract.md', () => {
  test('lists exactly the operators that there are', () => {
    expect(new Set(rows.map(([operator]) => operator))).toEqual(new Set(operators))
    expect(rows).toHaveLength(operators.length)
  })

  test('lists exactly the aggregates and the reasons that there are', () => {
    expect(tableOf('Windows').map(([aggregate]) => aggregate)).toEqual([...aggregates])
    for (const [aggregate, kinds] of Object.entries(aggregatedKinds)) {
      const [, of = ''] = tableOf('Windows').find(([name]) => name === aggregate) ?? []
      const words = of.replace('any number', 'int, long, decimal, double').replaceAll(/ \(.*?\)/g, '')
      expect([aggregate, new Set(words.split(', '))]).toEqual([aggregate, new Set(kinds)])
    }
    expect(tableOf('Rows that are refused').map(([reason]) => reason)).toEqual([...reasons])
  })

  const examples = rows.flatMap(([operator = '', , , , cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => [operator, text] as const),
  )
  test.each(examples)('%s: %s', (operator, text) => {
    const { node, row, expected } = parseExample(text)
    const { value, ...type } = expected
    expect(node.op).toBe(operator)
    expect(treeProblems(node)).toEqual([])
    expect({ type: node.type, ...(node.scale === undefined ? {} : { scale: node.scale }) }).toEqual(type)
    expect(Object.is(compile(node)(row), value) ? value : compile(node)(row)).toBe(value)
    expect(evaluate(node, row)).toBe(value)
  })
})

const columnsOf = (node: Node): string[] =>
  node.op === 'column' ? [node.name] : node.op === 'literal' ? [] : node.args.flatMap(columnsOf)

const isEdge = (name: string): name is keyof typeof edgeValues => name in edgeValues

/** Every combination of edge values of some columns. */
const combinations = (names: readonly string[]): Record<string, (typeof edgeValues)['i'][number]>[] =>
  names.reduce<Record<string, (typeof edgeValues)['i'][number]>[]>(
    (rows, name) =>
      rows.flatMap((row) => (isEdge(name) ? edgeValues[name] : []).map((value) => ({ ...row, [name]: value }))),
    [{}],
  )

describe('the row function', () => {
  const nodes = applications()

  test('has every operator in what follows', () => {
    const used = new Set(nodes.map(({ op }) => op))
    expect(operators.filter((op) => !used.has(op))).toEqual([])
  })

  test('gives what is written, for every operator on every pair of edge values', () => {
    for (const node of nodes) {
      const compiled = compile(node)
      for (const row of combinations([...new Set(columnsOf(node))])) {
        const [got, written] = [compiled(row), evaluate(node, row)]
        if (!Object.is(got, written)) expect({ node, row, got }).toEqual({ node, row, got: written })
      }
    }
  })

  test('gives what is written, for random trees', () => {
    fc.assert(
      fc.property(arbitraryTree(), fc.array(arbitraryRow, { minLength: 1, maxLength: 5 }), (node, rows) => {
        expect(treeProblems(node)).toEqual([])
        const compiled = compile(node)
        for (const row of rows) expect(compiled(row)).toBe(evaluate(node, row))
      }),
      { numRuns: 3000 },
    )
  })
})

describe('a tree', () => {
  test('is as large as both engines run it, and no larger', () => {
    const trees = largestTrees()
    expect(trees.map(extentOf).map(({ operators, depth }) => [operators, depth])).toEqual([
      [100, 100],
      [198, 100],
      [499, 9],
    ])
    for (const tree of trees) {
      expect(treeProblems(tree)).toEqual([])
      expect(compile(tree)({ x: 1.5, s: '7', i: 3 })).toBe(evaluate(tree, { x: 1.5, s: '7', i: 3 }))
    }
    const [deepest, , widest] = trees
    if (!deepest || !widest) throw new Error('there are none')
    const sum = (x: Node, y: Node): Node => ({ op: 'plus', type: 'double', args: [x, y] })
    expect(treeProblems(sum(deepest, deepest))).toEqual(['nests 101 operators, and 100 are the most'])
    expect(treeProblems(sum(widest, sum(widest, widest)))).toEqual(['has 1499 operators, and 500 are the most'])
  })

  test('that is shared over and over is refused at once', () => {
    let x: Node = { op: 'column', type: 'double', name: 'x' }
    for (let depth = 0; depth < 60; depth += 1) x = { op: 'times', type: 'double', args: [x, x] }
    expect(treeProblems(x)).toEqual([`has ${2 ** 60} operators, and 500 are the most`])
    expect(columnsRead(x)).toEqual(new Set(['x']))
  })
})

describe('a tree that an engine cannot run', () => {
  const read = (type: Node['type']): Node => ({
    op: 'column',
    type,
    name: 'c',
    ...(type === 'decimal' ? { scale: 10 } : {}),
  })
  const literal = (type: Node['type'], value: string | number): Node => ({ op: 'literal', type, value })
  test.each<[Node, string]>([
    [{ op: 'plus', type: 'int', args: [read('int'), read('string')] }, 'plus does not take int, string'],
    [{ op: 'plus', type: 'int', args: [read('int'), read('double')] }, 'plus of int, double is no int'],
    [
      { op: 'times', type: 'decimal', scale: 20, args: [read('decimal'), read('decimal')] },
      'times of decimal(18,10), decimal(18,10) has more than 18 digits after the point',
    ],
    [
      { op: 'bucket', type: 'int', args: [read('int'), literal('int', 5), literal('int', 5)] },
      'the edges of a bucket must ascend',
    ],
    [
      { op: 'clamp', type: 'int', args: [read('int'), literal('int', 5), literal('int', 1)] },
      'the min of clamp is above its max',
    ],
    [{ op: 'clamp', type: 'int', args: [read('int'), read('int'), read('int')] }, 'clamp does not take int, int, int'],
    [{ op: 'is', type: 'boolean', args: [read('string'), literal('string', '\ud800')] }, "'\ud800' is no string"],
    [
      { op: 'above', type: 'boolean', args: [read('timestamp'), literal('timestamp', 'noon')] },
      "'noon' is no timestamp",
    ],
    [{ op: 'above', type: 'boolean', args: [read('double'), literal('double', Number.NaN)] }, "'NaN' is no double"],
    [{ op: 'above', type: 'boolean', args: [read('string'), read('string')] }, 'above does not take string, string'],
    [{ op: 'moon' as Operator, type: 'int', args: [read('int')] }, 'moon does not take int'],
  ])('%#: is refused in words', (node, problem) => {
    expect(treeProblems(node)).toEqual([problem])
    expect(treeProblems({ op: 'missing', type: 'boolean', args: [node] })).toEqual([problem])
  })
})
