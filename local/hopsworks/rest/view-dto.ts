import type { FeatureGroup } from '../metadata/feature-group.ts'
import type { FeatureView, Join } from '../metadata/feature-view.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { servingKeys } from '../metadata/serving-keys.ts'
import { groupsOf } from '../metadata/view-groups.ts'
import { project } from '../project.ts'

const side = (group: FeatureGroup, names: readonly string[]) => ({
  featureStoreName: project.featureStoreName,
  featureStoreId: project.featureStoreId,
  leftFeatureGroup: group,
  leftFeatures: group.features.filter(({ name }) => names.includes(name)),
  leftFeatureGroupStartTime: null,
  leftFeatureGroupEndTime: null,
  filter: null,
  limit: null,
  hiveEngine: true,
})

const joinDto = ({ features, on, prefix, type }: Join, group: FeatureGroup) => {
  const sameNames = on.every(({ left, right }) => left === right)
  return {
    query: { ...side(group, features), joins: [] },
    on: sameNames ? on.map(({ left }) => ({ name: left })) : [],
    leftOn: sameNames ? [] : on.map(({ left }) => ({ name: left })),
    rightOn: sameNames ? [] : on.map(({ right }) => ({ name: right })),
    type,
    prefix: prefix || null,
  }
}

/** The view's query; `keep` says which features of a group it names. */
export const queryDto = (
  view: FeatureView,
  groups: readonly FeatureGroup[],
  keep: (group: FeatureGroup, join: Join, index: number) => readonly string[] = (_, join) => join.features,
) => {
  const [left, ...joins] = view.joins.flatMap((join, index) => {
    const group = groups[index]
    return group ? [{ group, join: { ...join, features: [...keep(group, join, index)] } }] : []
  })
  if (!left) throw new Error(`the feature view ${view.name} has no feature group`)
  return { ...side(left.group, left.join.features), joins: joins.map(({ join, group }) => joinDto(join, group)) }
}

export const viewDto = (metadata: Metadata, view: FeatureView) => {
  const groups = groupsOf(metadata, view)
  const { id, name, version, description, created } = view
  return {
    id,
    name,
    version,
    description,
    created,
    creator: groups[0].creator,
    type: 'featureViewDTO',
    featurestoreId: project.featureStoreId,
    featurestoreName: project.featureStoreName,
    query: queryDto(view, groups),
    features: view.features.map(({ joinIndex, ...feature }) => ({ ...feature, featuregroup: groups[joinIndex] })),
    servingKeys: servingKeys(view, groups).map(({ joinIndex, ...key }) => ({
      ...key,
      joinIndex,
      featureGroup: groups[joinIndex],
    })),
    labels: view.features.filter(({ label }) => label).map((feature) => feature.name),
    transformationFunctions: [],
    loggingEnabled: false,
  }
}
