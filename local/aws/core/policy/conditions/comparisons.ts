import { BlockList, isIP } from 'node:net'
import { arnFitting } from '../arn-pattern.ts'
import { fitting, parsePattern } from '../pattern.ts'
import type { Fits } from '../pattern.ts'
import { PolicyError } from '../policy-error.ts'

const text =
  (wildcards: boolean, fold = (value: string) => value) =>
  (wanted: string, variables: boolean): Fits => {
    const fits = fitting(parsePattern(fold(wanted), { variables, wildcards }))
    return (value, context) => fits(fold(value), context)
  }

const arn = (wanted: string, variables: boolean) => arnFitting(parsePattern(wanted, { variables }))

const ordered =
  (kind: string, read: (text: string) => number, holds: (value: number, wanted: number) => boolean) =>
  (wanted: string): Fits => {
    const limit = read(wanted)
    if (Number.isNaN(limit)) throw new PolicyError(`Invalid ${kind} value in a condition: ${wanted}`)
    return (value) => holds(read(value), limit)
  }

const number = (value: string) => (value.trim() === '' ? Number.NaN : Number(value))
const date = (value: string) => (/^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value))

const orders: Readonly<Record<string, (value: number, wanted: number) => boolean>> = {
  equals: (value, wanted) => value === wanted,
  lessthan: (value, wanted) => value < wanted,
  lessthanequals: (value, wanted) => value <= wanted,
  greaterthan: (value, wanted) => value > wanted,
  greaterthanequals: (value, wanted) => value >= wanted,
}
const everyOrder = (kind: string, read: (text: string) => number) =>
  Object.entries(orders).map(([name, holds]) => [kind.toLowerCase() + name, ordered(kind, read, holds)] as const)

const truth = (wanted: string): Fits => {
  const expected = wanted.toLowerCase()
  if (expected !== 'true' && expected !== 'false') throw new PolicyError(`Invalid Bool value in a condition: ${wanted}`)
  return (value) => value.toLowerCase() === expected
}

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
const address = (wanted: string): Fits => {
  const [network = '', bits = isIP(network) === 6 ? '128' : '32'] = wanted.split('/')
  const list = new BlockList()
  try {
    list.addSubnet(network, Number(bits), family(network))
  } catch {
    throw new PolicyError(`Invalid IP address in a condition: ${wanted}`)
  }
  return (value) => isIP(value) === isIP(network) && list.check(value, family(value))
}

const positive: ReadonlyMap<string, (wanted: string, variables: boolean) => Fits> = new Map([
  ['stringequals', text(false)],
  ['stringequalsignorecase', text(false, (value) => value.toLowerCase())],
  ['stringlike', text(true)],
  ['binaryequals', text(false)],
  ['arnequals', arn],
  ['arnlike', arn],
  ['bool', truth],
  ['ipaddress', address],
  ...everyOrder('Numeric', number),
  ...everyOrder('Date', date),
])

const negative: Readonly<Record<string, string>> = {
  stringnotequals: 'stringequals',
  stringnotequalsignorecase: 'stringequalsignorecase',
  stringnotlike: 'stringlike',
  arnnotequals: 'arnequals',
  arnnotlike: 'arnlike',
  notipaddress: 'ipaddress',
  numericnotequals: 'numericequals',
  datenotequals: 'dateequals',
}

/** How an operator compares, by its name in lower case without quantifier and `IfExists`; undefined if IAM has no such operator. */
export const comparisonOf = (operator: string) => {
  const negated = negative[operator]
  const compare = positive.get(negated ?? operator)
  return compare && { compare, negated: negated !== undefined }
}
