/** How one type of the offline store is written in Avro and kept in the two stores. */
export interface ColumnType {
  readonly kind: Kind
  /** What a row holds of it in Avro, where it is not null. */
  readonly avro: unknown
  /** Its MySQL type in the online store, unless the group says otherwise. */
  readonly online: string
  readonly sqlite: 'INTEGER' | 'REAL' | 'TEXT' | 'BLOB'
  readonly duckdb: string
  /** What an array, a map or a struct is made of. */
  readonly nested?: Nested
}

export type Nested =
  | { readonly kind: 'array'; readonly item: ColumnType }
  | { readonly kind: 'map'; readonly item: ColumnType }
  | {
      readonly kind: 'struct'
      /** Of its record in Avro. */
      readonly name: string
      readonly fields: readonly { readonly name: string; readonly type: ColumnType }[]
    }

export type Kind =
  | 'tinyint'
  | 'smallint'
  | 'int'
  | 'bigint'
  | 'float'
  | 'double'
  | 'boolean'
  | 'string'
  | 'binary'
  | 'date'
  | 'timestamp'
  | 'decimal'
  | 'array'
  | 'map'
  | 'struct'

const integer = (kind: 'tinyint' | 'smallint' | 'int', duckdb: string): ColumnType => ({
  kind,
  avro: 'int',
  online: kind,
  sqlite: 'INTEGER',
  duckdb,
})

const simple: Record<string, ColumnType> = {
  tinyint: integer('tinyint', 'TINYINT'),
  smallint: integer('smallint', 'SMALLINT'),
  int: integer('int', 'INTEGER'),
  bigint: { kind: 'bigint', avro: 'long', online: 'bigint', sqlite: 'INTEGER', duckdb: 'BIGINT' },
  float: { kind: 'float', avro: 'float', online: 'float', sqlite: 'REAL', duckdb: 'FLOAT' },
  double: { kind: 'double', avro: 'double', online: 'double', sqlite: 'REAL', duckdb: 'DOUBLE' },
  boolean: { kind: 'boolean', avro: 'boolean', online: 'tinyint', sqlite: 'INTEGER', duckdb: 'BOOLEAN' },
  string: { kind: 'string', avro: 'string', online: 'varchar(100)', sqlite: 'TEXT', duckdb: 'VARCHAR' },
  binary: { kind: 'binary', avro: 'bytes', online: 'varbinary(100)', sqlite: 'BLOB', duckdb: 'BLOB' },
  date: {
    kind: 'date',
    avro: { type: 'int', logicalType: 'date' },
    online: 'date',
    sqlite: 'INTEGER',
    duckdb: 'DATE',
  },
  timestamp: {
    kind: 'timestamp',
    avro: { type: 'long', logicalType: 'timestamp-micros' },
    online: 'timestamp',
    sqlite: 'INTEGER',
    duckdb: 'TIMESTAMP',
  },
}

const decimal = (precision: number, scale: number): ColumnType => ({
  kind: 'decimal',
  avro: { type: 'bytes', logicalType: 'decimal', precision, scale },
  online: `decimal(${precision},${scale})`,
  sqlite: 'TEXT',
  duckdb: `DECIMAL(${precision},${scale})`,
})

const complex = { avro: 'bytes', online: 'varbinary(100)', sqlite: 'BLOB' } as const

/** `a:int,b:map<string,int>` at its outer commas. */
const parts = (inside: string): string[] => {
  const found = ['']
  let depth = 0
  for (const char of inside) {
    if (char === '<' || char === '(') depth += 1
    if (char === '>' || char === ')') depth -= 1
    if (char === ',' && depth === 0) found.push('')
    else found[found.length - 1] += char
  }
  return found
}

const arrayOf = (item: ColumnType | undefined): ColumnType | undefined =>
  item && {
    kind: 'array',
    ...complex,
    duckdb: `${item.duckdb}[]`,
    nested: { kind: 'array', item },
  }

const mapOf = ([key, value = '', ...more]: readonly string[]): ColumnType | undefined => {
  const item = key === 'string' && more.length === 0 ? columnType(value) : undefined
  if (!item) return undefined
  return {
    kind: 'map',
    ...complex,
    duckdb: `MAP(VARCHAR, ${item.duckdb})`,
    nested: { kind: 'map', item },
  }
}

/** A record is named after its type, as `String.hashCode` of Java has it. */
const recordName = (type: string) => {
  let hash = 0
  for (const char of type.toLowerCase()) hash = (Math.imul(31, hash) + char.charCodeAt(0)) | 0
  return `r${Math.abs(hash)}`
}

const structOf = (inside: string): ColumnType | undefined => {
  const fields = parts(inside).map((part) => {
    const [, name, type = ''] = /^(\w+):(.+)$/.exec(part) ?? []
    return { name, type: columnType(type) }
  })
  const known = fields.flatMap(({ name, type }) => (name !== undefined && type ? [{ name, type }] : []))
  const names = new Set(known.map(({ name }) => name))
  if (known.length < fields.length || names.size < fields.length) return undefined
  return {
    kind: 'struct',
    ...complex,
    duckdb: `STRUCT(${known.map(({ name, type }) => `"${name}" ${type.duckdb}`).join(', ')})`,
    nested: { kind: 'struct', name: recordName(`struct<${inside}>`), fields: known },
  }
}

const mostCharacters = 1_000

/** What is known of an offline (Hive) type; undefined for one that Hopsworks does not keep, such as a map of other keys. */
export const columnType = (offlineType: string): ColumnType | undefined => {
  const text = offlineType.replaceAll(' ', '')
  if (text.length > mostCharacters) return undefined
  const [, name = '', inside = ''] = /^(array|map|struct)<(.*)>$/i.exec(text) ?? []
  switch (name.toLowerCase()) {
    case 'array':
      return arrayOf(columnType(inside))
    case 'map':
      return mapOf(parts(inside))
    case 'struct':
      return structOf(inside)
    default:
      return scalarType(text.toLowerCase())
  }
}

/** The type of a feature that is stored. */
export const storedType = (offlineType: string): ColumnType => {
  const type = columnType(offlineType)
  if (!type) throw new Error(`the type ${offlineType} is not known`)
  return type
}

const scalarType = (type: string): ColumnType | undefined => {
  const scaled = /^decimal\((\d+),(\d+)\)$/.exec(type)
  if (scaled) return decimal(Number(scaled[1]), Number(scaled[2]))
  if (type === 'decimal') return decimal(10, 0)
  if (/^(var)?char\(\d+\)$/.test(type)) return simple['string']
  return simple[type]
}

/** The most characters that a value of this online type may have; undefined where it has no such limit. */
export const longest = (onlineType: string): number | undefined => {
  const length = /^var(?:char|binary)\((\d+)\)$/.exec(onlineType.toLowerCase())?.[1]
  return length === undefined ? undefined : Number(length)
}
