import * as z from 'zod'
import { HopsworksMismatch, HopsworksRejected } from '../errors.ts'
import type { ViewDefinition } from './definitions.ts'
import type { FeatureGroup } from './feature-groups.ts'
import type { Http } from './http.ts'
import { ifFound } from './if-found.ts'
import { pages } from './pages.ts'
import { path } from './path.ts'
import { groupsByName, queryOf } from './query-dto.ts'
import type { Scope } from './scope.ts'
import { tags } from './tags.ts'

const featureView = z.object({
  id: z.number(),
  name: z.string(),
  version: z.number(),
  description: z.string().nullish(),
  features: z.array(
    z.object({ name: z.string(), type: z.string().nullish(), index: z.number().nullish(), label: z.boolean() }),
  ),
})

/** A feature view as Hopsworks holds it; features with their prefixes, in vector order by `index`. */
export type FeatureView = z.output<typeof featureView>

const alreadyExists = 270179

/** By what a view is named. */
export type ViewVersion = Pick<FeatureView, 'name' | 'version'>

export function featureViews(http: Http, { projectId, featureStoreId }: Scope) {
  const base = path`/project/${projectId}/featurestores/${featureStoreId}/featureview`
  const at = ({ name, version }: ViewVersion) => base + path`/${name}/version/${version}`
  const query = { expand: ['query', 'features'] }

  /** The view, or undefined when there is none of that name and version. */
  const get = (name: string, version: number, signal?: AbortSignal): Promise<FeatureView | undefined> =>
    ifFound(http.get(at({ name, version }), featureView, { query, signal }))

  async function create(definition: ViewDefinition, groups: readonly FeatureGroup[], signal?: AbortSignal) {
    try {
      return await http.post(base, featureView, { body: createBody(definition, groups, featureStoreId), signal })
    } catch (error) {
      if (!(error instanceof HopsworksRejected && error.code === alreadyExists)) throw error
      const found = await get(definition.name, definition.version, signal) // someone else was faster
      if (found === undefined) throw error
      return found
    }
  }

  /**
   * The stored view, made if it is missing.
   * @param groups the stored groups that the definition names
   * @throws HopsworksMismatch when the stored view has other features or labels, or a group is missing
   */
  async function getOrCreate(definition: ViewDefinition, groups: readonly FeatureGroup[], signal?: AbortSignal) {
    const found = await get(definition.name, definition.version, signal)
    return sameAsDefined(found ?? (await create(definition, groups, signal)), definition)
  }

  return {
    get,
    getOrCreate,
    /** Every view of the feature store, in all versions. */
    list: (signal?: AbortSignal): AsyncGenerator<FeatureView, void> =>
      pages(http, base, featureView, { query, signal }),
    /** Changes what people read of a view, 256 characters at most. */
    describe(view: ViewVersion, description: string, signal?: AbortSignal): Promise<FeatureView> {
      const { name, version } = view
      const body = { type: 'featureViewDTO', featurestoreId: featureStoreId, name, version, description }
      return http.put(at(view), featureView, { body, signal })
    },
    /** Deletes a view with its training datasets; false when it was not there. */
    delete: (view: ViewVersion, signal?: AbortSignal): Promise<boolean> => http.delete(at(view), { signal }),
    tags: tags(http, at),
  }
}

function createBody(definition: ViewDefinition, groups: readonly FeatureGroup[], featurestoreId: number): object {
  const byName = groupsByName(groups)
  return {
    type: 'featureViewDTO',
    featurestoreId,
    name: definition.name,
    version: definition.version,
    description: definition.description ?? '',
    query: queryOf(definition, byName),
    features: definition.label.map((name) => ({
      name,
      label: true,
      inferenceHelperColumn: false,
      trainingHelperColumn: false,
      featuregroup: byName(definition.left.group),
    })),
    transformationFunctions: [],
    loggingEnabled: false,
  }
}

function sameAsDefined(stored: FeatureView, defined: ViewDefinition): FeatureView {
  const joined = defined.joins.flatMap(({ prefix, features }) => features.map((name) => prefix + name))
  const should = [...new Set([...defined.left.features, ...joined, ...defined.label])]
    .map((name) => (defined.label.includes(name) ? `${name} (label)` : name))
    .toSorted()
  const is = stored.features.map(({ name, label }) => (label ? `${name} (label)` : name)).toSorted()
  if (is.join() === should.join()) return stored
  throw new HopsworksMismatch(
    `Feature view ${defined.name} version ${defined.version} differs (stored ${is.join(', ')}; defined ${should.join(', ')}). Give the definition a new version.`,
  )
}
