import * as z from 'zod'
import { avroType } from '../columns/avro-type.ts'
import { columnType } from '../columns/column-type.ts'
import { project } from '../project.ts'
import type { FeatureGroup } from './feature-group.ts'
import { qualifiedName } from './feature-group.ts'

export const subjectSchema = z.object({
  id: z.int(),
  /** The subject's name. */
  name: z.string(),
  version: z.int(),
  schema: z.string(),
})
export type Subject = z.infer<typeof subjectSchema>

const typeOf = (name: string, type: string) => {
  const known = columnType(type)
  return known && avroType(known, name)
}

/** The Avro schema of a group's rows: every field may be null, null comes first. */
export const avroSchemaOf = (group: FeatureGroup): string =>
  JSON.stringify({
    type: 'record',
    name: qualifiedName(group),
    namespace: `${project.featureStoreName}.db`,
    fields: group.features.map(({ name, type }) => ({ name, type: ['null', typeOf(name, type)] })),
  })
