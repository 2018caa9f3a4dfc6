import { operatorRange } from '../expression/time-range.ts'
import type { Operator, OperatorNode } from '../expression/node.ts'
import type { Type } from '../value.ts'
import { longLiteral, sqlType } from './sql-text.ts'

/** An argument: its type, and its text, which is a column or a constant: it may be repeated. */
export interface Argument extends Type {
  readonly sql: string
}

type Sql = (args: readonly Argument[], node: OperatorNode) => string

const maxDouble = '1.7976931348623157E308D'
/** A double that is finite and no −0, else null. */
export const finite = (sql: string): string => `CASE WHEN abs(${sql}) <= ${maxDouble} THEN ${sql} + 0D END`
const within = (sql: string, min: string, max: string, then: string) =>
  `CASE WHEN ${sql} BETWEEN ${min} AND ${max} THEN ${then} END`
const asInt = (sql: string) => within(sql, '-2147483648L', '2147483647L', `CAST(${sql} AS INT)`)

const asDouble = ({ type, sql }: Argument) => (type === 'double' ? sql : `CAST(${sql} AS DOUBLE)`)
/** A number that decimals can be computed with and keep every digit. */
const asDecimal = ({ type, sql }: Argument) =>
  type === 'decimal' ? sql : `CAST(${sql} AS DECIMAL(${type === 'int' ? 10 : 19},0))`
const widened = (argument: Argument, to: Type) =>
  argument.type === to.type && argument.scale === to.scale ? argument.sql : `CAST(${argument.sql} AS ${sqlType(to)})`

const arithmetic =
  (sign: '+' | '-' | '*', orNull: string): Sql =>
  ([x, y], node) => {
    if (!x || !y) return 'NULL'
    if (node.type === 'double') return finite(`(${asDouble(x)} ${sign} ${asDouble(y)})`)
    if (node.type === 'decimal') return `CAST(${asDecimal(x)} ${sign} ${asDecimal(y)} AS ${sqlType(node)})`
    return `${orNull}(${widened(x, node)}, ${widened(y, node)})`
  }

/** Arguments as texts that Spark compares as the contract says. */
const comparables = (args: readonly Argument[]) => {
  const kinds = args.map(({ type }) => type)
  if (kinds.includes('double')) return args.map(asDouble)
  return kinds.includes('decimal') ? args.map(asDecimal) : args.map(({ sql }) => sql)
}
const comparison =
  (sign: string): Sql =>
  (args) =>
    comparables(args).join(` ${sign} `)

const bucket: Sql = (args) => {
  const [x, ...edges] = comparables(args)
  const cases = edges.map((edge, at) => `WHEN ${x} >= ${edge} THEN ${at + 1}`).toReversed()
  return `CASE WHEN ${x} IS NULL THEN NULL ${cases.join(' ')} ELSE 0 END`
}

const clamp: Sql = (args, node) => {
  const [x, min, max] = args.map((each) => widened(each, node))
  return `CASE WHEN ${x} < ${min} THEN ${min} WHEN ${x} > ${max} THEN ${max} ELSE ${x} END`
}

const floor: Sql = ([x]) => {
  if (x?.type === 'double') return asInt(`floor(${x.sql})`)
  return x?.type === 'decimal' ? `CAST(floor(${x.sql}) AS BIGINT)` : (x?.sql ?? 'NULL')
}

const absolute: Sql = ([x], { type }) => {
  if (type === 'double' || type === 'decimal') return `abs(${x?.sql})`
  return `CASE WHEN ${x?.sql} < 0 THEN try_subtract(${type === 'int' ? '0' : '0L'}, ${x?.sql}) ELSE ${x?.sql} END`
}

const ofDouble =
  (name: string, condition: string): Sql =>
  ([x]) =>
    x ? `CASE WHEN ${asDouble(x)} ${condition} THEN ${name}(${asDouble(x)}) END` : 'NULL'

const called =
  (name: string): Sql =>
  (args) =>
    `${name}(${args.map(({ sql }) => sql).join(', ')})`

const { firstMicros, lastMicros, firstDay, lastDay } = operatorRange
const shifted =
  (microsEach: string): Sql =>
  ([at, amount]) => {
    const micros = `(unix_micros(${at?.sql}) + CAST(${amount?.sql} AS BIGINT) * ${microsEach})`
    return within(micros, longLiteral(firstMicros), longLiteral(lastMicros), `timestamp_micros(${micros})`)
  }

const afterDays: Sql = ([day, amount]) => {
  const days = `(CAST(unix_date(${day?.sql}) AS BIGINT) + ${amount?.sql})`
  return within(days, `(${firstDay}L)`, `${lastDay}L`, `date_from_unix_date(CAST(${days} AS INT))`)
}

const minutesSince: Sql = ([from, to]) => {
  const micros = `(unix_micros(${from?.sql}) - unix_micros(${to?.sql}))`
  return asInt(`((${micros} - pmod(${micros}, 60000000L)) div 60000000L)`)
}

/** The text of each operator in Spark 3.5 with ANSI off and the session in UTC; arguments are columns and constants. */
export const operatorSql: Readonly<Record<Operator, Sql>> = {
  plus: arithmetic('+', 'try_add'),
  minus: arithmetic('-', 'try_subtract'),
  times: arithmetic('*', 'try_multiply'),
  per: (args) => finite(`(${args.map(asDouble).join(' / ')})`),
  absolute,
  floor,
  clamp,
  bucket,
  log: ofDouble('ln', '> 0'),
  square_root: ofDouble('sqrt', '>= 0'),
  above: comparison('>'),
  below: comparison('<'),
  is: comparison('='),
  one_of: ([x, ...values]) => `${x?.sql} IN (${values.map(({ sql }) => sql).join(', ')})`,
  missing: ([x]) => `${x?.sql} IS NULL`,
  and: comparison('AND'),
  or: comparison('OR'),
  not: ([x]) => `NOT ${x?.sql}`,
  choose: ([condition, ...choices], node) => {
    const [x, y] = choices.map((choice) => widened(choice, node))
    return `CASE WHEN ${condition?.sql} THEN ${x} ELSE ${y} END`
  },
  or_else: (args, node) => `coalesce(${args.map((each) => widened(each, node)).join(', ')})`,
  length: called('length'),
  concat: called('concat'),
  hour: called('hour'),
  weekday: ([x]) => `weekday(${x?.sql}) + 1`,
  day: called('day'),
  month: called('month'),
  year: called('year'),
  date: ([x]) => `CAST(${x?.sql} AS DATE)`,
  midnight: ([x]) => `CAST(${x?.sql} AS TIMESTAMP)`,
  minutes_since: minutesSince,
  days_since: called('datediff'),
  after: shifted('1000L'),
  after_minutes: shifted('60000000L'),
  after_days: afterDays,
}
