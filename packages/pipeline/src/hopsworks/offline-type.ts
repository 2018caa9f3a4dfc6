import { decimalDigits } from '../expression/decimal.ts'
import type { Kind, Type } from '../value.ts'
import type { OfflineType } from './definitions.ts'

const types: Readonly<Record<Exclude<Kind, 'decimal'>, OfflineType>> = {
  string: 'string',
  int: 'int',
  long: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
  date: 'date',
}

/** A type as Hive spells it. */
export const offlineType = ({ type, scale = 0 }: Type): OfflineType =>
  type === 'decimal' ? `decimal(${decimalDigits},${scale})` : types[type]
