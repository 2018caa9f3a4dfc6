import { columnType } from '../columns/column-type.ts'
import { failures, RestError } from '../rest-error.ts'

const mostColumns = 500
const mostRowBytes = 30_000
const mostKeyBytes = 4_000

/** The online types that a column of an offline type may be given; others would refuse its rows one by one. */
const allowed: Record<string, RegExp> = {
  string: /^(varchar\(\d{1,5}\)|text|mediumtext|longtext)$/,
  binary: /^(varbinary\(\d{1,5}\)|blob|mediumblob|longblob)$/,
  ...Object.fromEntries(
    ['array', 'map', 'struct'].map((kind) => [kind, /^(varbinary\(\d{1,5}\)|blob|mediumblob|longblob)$/]),
  ),
  int: /^(int|smallint|tinyint)$/,
}

/** Bytes of a column in a row, as Hopsworks estimates them (hopsworks.md 2.5). */
const bytesOf = (onlineType: string): number => {
  const [, name = '', length] = /^([a-z]+)(?:\((\d+).*\))?$/.exec(onlineType) ?? []
  switch (name) {
    case 'tinyint':
      return 1
    case 'smallint':
      return 2
    case 'int':
    case 'float':
      return 4
    case 'decimal':
      return 16
    case 'varchar':
      return 4 * Number(length)
    case 'varbinary':
      return Math.ceil(1.4 * Number(length))
    case 'text':
    case 'mediumtext':
    case 'longtext':
    case 'blob':
    case 'mediumblob':
    case 'longblob':
      return 256
    default:
      return 8
  }
}

interface Column {
  readonly name: string
  readonly type: string
  readonly onlineType: string | null
  readonly primary: boolean
  readonly offlineOnly: boolean
}

const refuse = (why: string): never => {
  throw new RestError(failures.notOnlineable, why)
}

/** Throws what the online store cannot hold: too many columns, a row or a key that is too wide, an online type of another kind. */
export const checkOnlineLimits = (features: readonly Column[]): void => {
  const columns = features
    .filter(({ offlineOnly }) => !offlineOnly)
    .map(({ name, type, onlineType, primary }) => {
      const { kind = '', online = '' } = columnType(type) ?? {}
      const chosen = onlineType?.toLowerCase().replaceAll(' ', '') ?? online
      if (chosen !== online && !allowed[kind]?.test(chosen)) refuse(`${name}: ${type} is not kept as ${onlineType}`)
      if (primary && /text|blob/.test(chosen)) refuse(`${name}: ${onlineType} is no type of a primary key`)
      return { primary, bytes: bytesOf(chosen) }
    })
  const sum = (of: typeof columns) => of.reduce((total, { bytes }) => total + bytes, 0)
  const [row, key] = [sum(columns), sum(columns.filter(({ primary }) => primary))]
  if (columns.length > mostColumns) refuse(`${columns.length} columns, ${mostColumns} are the most`)
  if (key > mostKeyBytes) refuse(`a primary key of ${key} bytes, ${mostKeyBytes} are the most`)
  if (row > mostRowBytes) refuse(`a row of ${row} bytes, ${mostRowBytes} are the most`)
}
