import type { GroupDefinition, OfflineType } from './definitions.ts'

const types: Readonly<Record<string, unknown>> = {
  string: 'string',
  int: 'int',
  bigint: 'long',
  double: 'double',
  boolean: 'boolean',
  timestamp: { type: 'long', logicalType: 'timestamp-micros' },
  date: { type: 'int', logicalType: 'date' },
}

const avroType = (type: OfflineType) => {
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? []
  if (precision === undefined) return types[type]
  return { type: 'bytes', logicalType: 'decimal', precision: Number(precision), scale: Number(scale) }
}

export interface AvroRecord {
  readonly type: 'record'
  readonly name: string
  readonly fields: readonly { readonly name: string; readonly type: readonly ['null', unknown] }[]
}

/** The Avro schema of a group's rows as Hopsworks registers it: every field, keys included, may be null. */
export const avroSchema = ({ name, version, features }: GroupDefinition): AvroRecord => ({
  type: 'record',
  name: `${name}_${version}`,
  fields: features.map((feature) => ({ name: feature.name, type: ['null', avroType(feature.type)] })),
})
