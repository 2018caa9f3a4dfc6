import type { FeatureDefinition, GroupDefinition } from './definitions.ts'

const types: Record<FeatureDefinition['type'], unknown> = {
  string: 'string',
  int: 'int',
  bigint: 'long',
  double: 'double',
  boolean: 'boolean',
  timestamp: { type: 'long', logicalType: 'timestamp-micros' },
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
  fields: features.map((feature) => ({ name: feature.name, type: ['null', types[feature.type]] })),
})
