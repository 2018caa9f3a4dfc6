/** How one type of the offline store is written in Avro and kept in the two stores. */
export interface ColumnType {
  readonly kind: Kind
  /** The non-null branch of its Avro union. */
  readonly avro: unknown
  /** Its MySQL type in the online store, unless the group says otherwise. */
  readonly online: string
  readonly sqlite: 'INTEGER' | 'REAL' | 'TEXT' | 'BLOB'
  readonly duckdb: string
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

/** What is known of an offline (Hive) type; undefined for one that this Hopsworks does not keep (array, map, struct). */
export const columnType = (offlineType: string): ColumnType | undefined => {
  const type = offlineType.toLowerCase().replaceAll(' ', '')
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
