import type { LiteralNode, Node } from '../src/expression/node.ts'
import { operators } from '../src/expression/node.ts'
import { typeOf } from '../src/expression/signature.ts'
import type { Type, Value, Values } from '../src/value.ts'

/** A value and its type; a null has the kind that it names. */
export interface Typed extends Type {
  readonly value: Value
}

/** An example of docs/contract.md: an operator on columns c0, c1, … of a row, and what comes out. */
export interface Example {
  readonly text: string
  readonly node: Node
  readonly row: Values
  readonly expected: Typed
}

const dayMicros = 86_400_000_000n
const micros = (text: string) => {
  const [, seconds = '', fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(text) ?? []
  return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0') || 0)
}

/** 1 · 1L · 1.50d · 1.5 · 'text' · true · @2001-01-01 · @2001-01-01T00:00:00Z · NaN · null:int */
export const parseValue = (text: string): Typed => {
  const [, nullOf, scale] = /^null:(\w+?)(\d*)$/.exec(text) ?? []
  const kind = kinds.find((known) => known === nullOf)
  if (kind) return { ...(scale ? { scale: Number(scale) } : {}), type: kind, value: null }
  if (text.startsWith("'")) {
    return { type: 'string', value: String(JSON.parse(`"${text.slice(1, -1)}"`)) }
  }
  if (text === 'true' || text === 'false') return { type: 'boolean', value: text === 'true' }
  if (text.startsWith('@')) {
    const instant = text.includes('T')
    const at = micros(instant ? text.slice(1) : `${text.slice(1)}T00:00:00Z`)
    return instant ? { type: 'timestamp', value: at } : { type: 'date', value: Number(at / dayMicros) }
  }
  if (text.endsWith('L')) return { type: 'long', value: BigInt(text.slice(0, -1)) }
  if (/^-?[\d.]+d$/.test(text)) {
    const [, whole = '', fraction = ''] = /^(-?\d+)(?:\.(\d+))?d$/.exec(text) ?? []
    return { type: 'decimal', scale: fraction.length, value: BigInt(`${whole}${fraction}`) }
  }
  return { type: /^-?\d+$/.test(text) ? 'int' : 'double', value: Number(text) }
}

const literal = (text: string): LiteralNode => {
  const { value, ...type } = parseValue(text)
  return { op: 'literal', ...type, value: typeof value === 'bigint' ? text.replace(/[@Ld]/g, '') : (value ?? '') }
}

const kinds = ['string', 'int', 'long', 'decimal', 'double', 'boolean', 'timestamp', 'date'] as const

const withConstants: readonly string[] = ['clamp', 'bucket', 'one_of', 'after']

/** Parses `plus(1, 2) = 3`. */
export const parseExample = (text: string): Example => {
  const [, name, inside = '', result = ''] = /^(\w+)\((.*)\) = (.*)$/.exec(text) ?? []
  const op = operators.find((known) => known === name)
  if (!op) throw new Error(`${text}: no operator is named ${name}`)
  const texts = inside.match(/'[^']*'|[^,\s]+/g) ?? []
  const values = texts.map(parseValue)
  const args = values.map(({ type, scale }, at): Node => {
    if (at > 0 && withConstants.includes(op)) return literal(texts[at] ?? '')
    return { op: 'column', type, ...(scale === undefined ? {} : { scale }), name: `c${at}` }
  })
  const type = typeOf(op, args)
  if (!type) throw new Error(`${text}: ${op} does not take these`)
  const row = Object.fromEntries(values.map(({ value }, at) => [`c${at}`, value]))
  const expected = result === 'null' ? { ...type, value: null } : parseValue(result)
  return { text, node: { op, ...type, args }, row, expected }
}
