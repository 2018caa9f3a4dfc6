import * as z from 'zod'
import { columnType } from '../columns/column-type.ts'
import { defaultValue } from '../columns/default-value.ts'
import { failures, RestError } from '../rest-error.ts'
import type { ServerVersion } from '../server-version.ts'
import type { Feature, FeatureGroup } from './feature-group.ts'
import { checkFeatures, featureRequestSchema, newFeature } from './new-feature-group.ts'

/** The group with all its features, as a client sends it to have description or features changed. */
export const groupUpdateSchema = z.object({
  description: z.string().nullish(),
  features: z.array(featureRequestSchema).min(1),
})

const refuse = (why: string): never => {
  throw new RestError(failures.illegalUpdate, why)
}

/**
 * The group with the description and the features of a request. Features can only be added, behind those that are there,
 * and none may be a key: the rows that are there have its default value in it, or null. Throws any other change.
 */
export const grownFeatureGroup = (
  group: FeatureGroup,
  request: z.infer<typeof groupUpdateSchema>,
  server: ServerVersion,
): FeatureGroup => {
  const known = new Map(request.features.map((feature) => [feature.name, feature]))
  for (const { name, type } of group.features)
    if (known.get(name)?.type !== type) refuse(`${name}: ${type} can be neither removed nor changed`)
  const added = request.features.filter(({ name }) => !group.features.some((feature) => feature.name === name))
  for (const { name, type, primary, partition, defaultValue: text } of added) {
    if (primary || partition) refuse(`${name}: a key cannot be added`)
    const known = columnType(type)
    if (text !== null && known && defaultValue(known, text) === undefined) refuse(`${name}: ${text} is no ${type}`)
  }
  const described = group.features.map((feature) => ({
    ...feature,
    description: known.get(feature.name)?.description ?? feature.description,
  }))
  const features: Feature[] = [...described, ...added.map((feature) => newFeature(feature, group, server))]
  checkFeatures(features, group.onlineEnabled)
  return { ...group, description: request.description ?? group.description, features }
}
