import { HopsworksMismatch } from '../errors.ts'
import type { ViewDefinition } from './definitions.ts'
import type { FeatureGroup } from './feature-groups.ts'

type GroupsByName = (name: string) => FeatureGroup

/** The groups of a view by name; a missing one is a mistake of the caller. */
export function groupsByName(groups: readonly FeatureGroup[]): GroupsByName {
  return (name) => {
    const group = groups.find((candidate) => candidate.name === name)
    if (group === undefined) throw new HopsworksMismatch(`The view reads feature group ${name}, which was not given.`)
    return group
  }
}

function select(group: FeatureGroup, names: readonly string[]) {
  const leftFeatures = names.map((name) => {
    const feature = group.features.find((candidate) => candidate.name === name)
    if (feature === undefined) throw new HopsworksMismatch(`Feature group ${group.name} has no feature ${name}.`)
    return { ...feature, featureGroupId: group.id }
  })
  return { featureStoreId: group.featurestoreId, leftFeatureGroup: group, leftFeatures, joins: [] }
}

/** The query of a view: left join of each group by its keys, point in time by the groups' event times. */
export function queryOf(view: ViewDefinition, groups: GroupsByName): object {
  const left = [...new Set([...view.left.features, ...view.label])]
  return {
    ...select(groups(view.left.group), left),
    joins: view.joins.map(({ group, features, on, prefix }) => ({
      query: select(groups(group), features),
      on: on.map((name) => ({ name })),
      leftOn: [],
      rightOn: [],
      type: 'LEFT',
      prefix,
    })),
    hiveEngine: true,
  }
}
