import * as z from 'zod'
import { failures, RestError } from '../rest-error.ts'
import type { Identity } from './collection.ts'
import type { FeatureGroup } from './feature-group.ts'
import { primaryKeys } from './feature-group.ts'
import type { FeatureView, Join, Query, ViewFeature } from './feature-view.ts'
import { querySchema } from './feature-view.ts'
import type { Metadata } from './metadata.ts'

const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)

/** The body of a create request; `features` names labels and helper columns, the query gives the rest. */
export const featureViewRequestSchema = z.object({
  name: z.string(),
  version: z.int().min(1).nullish(),
  description: z.string().nullish(),
  query: querySchema,
  features: z
    .array(
      z.object({
        name: z.string(),
        label: flag,
        inferenceHelperColumn: flag,
        trainingHelperColumn: flag,
        featuregroup: z.object({ id: z.int() }).nullish(),
      }),
    )
    .nullish(),
  transformationFunctions: z
    .array(z.unknown())
    .max(0, 'transformation functions are not known to the local Hopsworks')
    .nullish(),
})
type Request = z.infer<typeof featureViewRequestSchema>
type RequestedJoin = NonNullable<Query['joins']>[number]

const legalName = /^(?=.{1,63}$)([a-z][a-z0-9_]*)$/
const joinTypes = new Set(['INNER', 'LEFT'])

const groupOf = ({ featureGroups }: Metadata, id: number): FeatureGroup => {
  const group = featureGroups.get(id)
  if (!group) throw new RestError(failures.featureGroupNotFound, `feature group id: ${id}`)
  return group
}

const pair = (left: string, right: string) => ({ left, right })

/** Without join keys two groups are joined on the primary keys that both have. */
const joinKeys = (join: RequestedJoin, spine: FeatureGroup, group: FeatureGroup) => {
  const on = (join.on ?? []).map(({ name }) => pair(name, name))
  const [left, right] = [join.leftOn ?? [], join.rightOn ?? []]
  if (left.length !== right.length) throw new RestError(failures.noJoinKeys, 'leftOn and rightOn differ in length')
  const given = [...on, ...left.map(({ name }, index) => pair(name, right[index]?.name ?? name))]
  const chosen =
    given.length > 0
      ? given
      : primaryKeys(group)
          .filter((key) => primaryKeys(spine).includes(key))
          .map((key) => pair(key, key))
  if (chosen.length === 0) throw new RestError(failures.noJoinKeys, `${spine.name} and ${group.name}`)
  for (const keys of chosen)
    for (const [side, name] of [
      [spine, keys.left],
      [group, keys.right],
    ] as const)
      if (!side.features.some((feature) => feature.name === name))
        throw new RestError(failures.noJoinKeys, `${side.name} has no feature ${name}`)
  return chosen
}

const joinsOf = (metadata: Metadata, query: Query): Join[] => {
  const spine = groupOf(metadata, query.leftFeatureGroup.id)
  const left: Join = {
    featureGroupId: spine.id,
    features: query.leftFeatures.map(({ name }) => name),
    prefix: '',
    type: 'LEFT',
    on: [],
  }
  const joins = (query.joins ?? []).map((join): Join => {
    const type = (join.type ?? 'LEFT').toUpperCase()
    if (!joinTypes.has(type)) throw new RestError(failures.illegalArgument, `join type ${type} is not known here`)
    const group = groupOf(metadata, join.query.leftFeatureGroup.id)
    const features = join.query.leftFeatures.map(({ name }) => name)
    return { featureGroupId: group.id, features, prefix: join.prefix ?? '', type, on: joinKeys(join, spine, group) }
  })
  return [left, ...joins]
}

const featuresOf = (
  metadata: Metadata,
  joins: readonly Join[],
  marked: NonNullable<Request['features']>,
): ViewFeature[] => {
  const found = joins.flatMap((join, joinIndex) => {
    const group = groupOf(metadata, join.featureGroupId)
    return join.features.map((bare) => {
      const feature = group.features.find((candidate) => candidate.name === bare)
      if (!feature) throw new RestError(failures.illegalArgument, `${group.name} has no feature ${bare}`)
      return {
        name: join.prefix + bare,
        type: feature.type,
        featureGroupFeatureName: bare,
        joinIndex,
        groupId: group.id,
      }
    })
  })
  const marks = new Map<string, (typeof marked)[number]>()
  for (const mark of marked) {
    const target =
      found.find(({ name }) => name === mark.name) ??
      found.find(
        (feature) => feature.featureGroupFeatureName === mark.name && feature.groupId === mark.featuregroup?.id,
      )
    if (!target) throw new RestError(failures.illegalArgument, `the query has no feature ${mark.name}`)
    marks.set(target.name, mark)
  }
  const names = new Set<string>()
  return found.map((feature, index) => {
    if (names.has(feature.name)) throw new RestError(failures.duplicateFeature, feature.name)
    names.add(feature.name)
    const mark = marks.get(feature.name)
    const { label = false, inferenceHelperColumn = false, trainingHelperColumn = false } = mark ?? {}
    const { name, type, featureGroupFeatureName, joinIndex } = feature
    const helpers = { inferenceHelperColumn, trainingHelperColumn }
    return { name, type, index, label, ...helpers, featureGroupFeatureName, joinIndex }
  })
}

/** The view that Hopsworks makes of a request: joins with their keys, features in order. Throws what is illegal. */
export const newFeatureView = (metadata: Metadata, { id, name, version }: Identity, request: Request): FeatureView => {
  if (!legalName.test(name)) throw new RestError(failures.illegalName, name)
  const joins = joinsOf(metadata, request.query)
  return {
    id,
    name,
    version,
    description: request.description ?? '',
    created: new Date().toISOString(),
    joins,
    features: featuresOf(metadata, joins, request.features ?? []),
  }
}
