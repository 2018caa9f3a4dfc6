import type { ColumnType } from './column-type.ts'

/**
 * The type of a feature in its group's Avro schema. Records have the feature's name as their namespace, so that those of
 * two features do not clash; within a feature one that comes again is named, not repeated.
 */
export const avroType = (type: ColumnType, feature: string, known = new Set<string>()): unknown => {
  const { nested, avro } = type
  if (!nested) return avro
  if (nested.kind === 'array') return { type: 'array', items: ['null', avroType(nested.item, feature, known)] }
  if (nested.kind === 'map') return { type: 'map', values: ['null', avroType(nested.item, feature, known)] }
  const { name, fields } = nested
  if (known.has(name)) return `${feature}.${name}`
  known.add(name)
  const types = fields.map((field) => ({ name: field.name, type: ['null', avroType(field.type, feature, known)] }))
  return { type: 'record', name, namespace: feature, fields: types }
}
