import { decimalDigits } from '../expression/decimal.ts'
import { valueOf } from '../expression/literal.ts'
import type { LiteralNode } from '../expression/node.ts'
import type { Kind, Type } from '../value.ts'

/** A name as Spark quotes it. */
export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``

/** What the parser would read otherwise, and `$`, which some shells and notebooks replace, by its code. */
const escaped = (text: string) =>
  text.replaceAll(/[\\'"$\p{Cc}]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Text as a literal. */
export const textLiteral = (text: string): string => `'${escaped(text)}'`

const types: Readonly<Record<Exclude<Kind, 'decimal'>, string>> = {
  string: 'STRING',
  int: 'INT',
  long: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
  date: 'DATE',
}

/** A type as Spark spells it. */
export const sqlType = ({ type, scale = 0 }: Type): string =>
  type === 'decimal' ? `DECIMAL(${decimalDigits},${scale})` : types[type]

/** A number that may be negative: Spark subtracts what follows a column. */
const signed = (value: number | bigint, suffix: string) => (value < 0 ? `(${value}${suffix})` : `${value}${suffix}`)

/** An integer; the smallest long has no literal of its own, since its digits alone do not fit. */
export const longLiteral = (value: bigint): string =>
  value === -(2n ** 63n) ? '(-9223372036854775807L - 1L)' : signed(value, 'L')

/** A constant. */
export const literalSql = (node: LiteralNode): string => {
  const value = valueOf(node) ?? null
  if (value === null) return `CAST(NULL AS ${sqlType(node)})`
  switch (node.type) {
    case 'string':
      return textLiteral(String(value))
    case 'long':
      return longLiteral(BigInt(value))
    case 'double':
      return signed(Number(value), 'D')
    case 'decimal':
      return `CAST(${textLiteral(String(node.value))} AS ${sqlType(node)})`
    case 'timestamp':
      return `timestamp_micros(${longLiteral(BigInt(value))})`
    case 'date':
      return `date_from_unix_date(${value})`
    case 'int':
      return signed(Number(value), '')
    case 'boolean':
      return String(value).toUpperCase()
    default:
      return node.type satisfies never
  }
}
