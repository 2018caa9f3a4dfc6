import * as z from 'zod'
import { HopsworksRejected } from '../errors.ts'
import type { FeatureDefinition, GroupDefinition } from './definitions.ts'
import { createBody, featureBody } from './group-body.ts'
import { missingFeatures, sameAsDefined } from './group-difference.ts'
import type { Http } from './http.ts'
import { ifFound } from './if-found.ts'
import { job } from './jobs.ts'
import type { Jobs } from './jobs.ts'
import { pages } from './pages.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'
import { statistics } from './statistics.ts'
import { tags } from './tags.ts'

const feature = z.looseObject({
  name: z.string(),
  type: z.string(),
  description: z.string().nullish(),
  primary: z.boolean().default(false),
  partition: z.boolean().nullish(),
})

/** The stored group. Loose: views and queries send the whole DTO back. */
export const featureGroup = z.looseObject({
  id: z.number(),
  name: z.string(),
  version: z.number(),
  description: z.string().nullish(),
  featurestoreId: z.number(),
  onlineEnabled: z.boolean().default(false),
  timeTravelFormat: z.string().nullish(),
  onlineTopicName: z.string().nullish(),
  eventTime: z.string().nullish(),
  features: z.array(feature),
})

/** A feature group as Hopsworks holds it (its own field names). */
export type FeatureGroup = z.output<typeof featureGroup>

/** 256 characters at most each. */
export interface Descriptions {
  readonly description?: string | undefined
  readonly features?: Readonly<Record<string, string>> | undefined
}

const alreadyExists = 270089

type GroupId = Pick<FeatureGroup, 'id'>

export type FeatureGroups = ReturnType<typeof featureGroups>

/** Feature groups of one feature store. */
export function featureGroups(http: Http, { projectId, featureStoreId }: Scope, jobs: Jobs) {
  const base = path`/project/${projectId}/featurestores/${featureStoreId}/featuregroups`
  const at = ({ id }: GroupId) => base + path`/${id}`
  const query = { expand: ['features'] }

  async function create(definition: GroupDefinition, signal?: AbortSignal): Promise<FeatureGroup> {
    try {
      const body = createBody(definition, featureStoreId)
      return await http.post(base, featureGroup, { query, body, signal })
    } catch (error) {
      if (!(error instanceof HopsworksRejected && error.code === alreadyExists)) throw error
      const found = await get(definition.name, definition.version, signal) // someone else was faster
      if (found === undefined) throw error
      return found
    }
  }

  /** The group, or undefined when there is none of that name and version. */
  async function get(name: string, version: number, signal?: AbortSignal): Promise<FeatureGroup | undefined> {
    const reply = z.array(featureGroup)
    const found = await ifFound(http.get(base + path`/${name}`, reply, { query: { ...query, version }, signal }))
    return found?.find((group) => group.version === version)
  }

  /** Adds features behind those of the group; the rows that are there have the default value in them, or null. */
  async function append(group: FeatureGroup, added: readonly FeatureDefinition[], signal?: AbortSignal) {
    const body = { ...group, features: [...group.features, ...added.map(featureBody)] }
    const grown = await updateMetadata(body, signal)
    await http.post(`${at(group)}/updatetableschema`, job, { signal }) // the offline table follows by a job
    return grown
  }

  const updateMetadata = (body: FeatureGroup, signal?: AbortSignal): Promise<FeatureGroup> =>
    http.put(at(body), featureGroup, { query: { updateMetadata: true }, body, signal })

  /**
   * The stored group, made if it is missing: always a stream feature group, so that a row reaches both stores by Kafka.
   * Features that only the definition has are added to it, unless they are keys.
   * @throws HopsworksMismatch when the stored group differs otherwise; it is left as it is
   */
  async function getOrCreate(definition: GroupDefinition, signal?: AbortSignal): Promise<FeatureGroup> {
    const found = (await get(definition.name, definition.version, signal)) ?? (await create(definition, signal))
    const added = missingFeatures(found, definition)
    return sameAsDefined(added.length === 0 ? found : await append(found, added, signal), definition)
  }

  return {
    get,
    getOrCreate,
    /** Every group of the feature store, in all versions. */
    list: (signal?: AbortSignal): AsyncGenerator<FeatureGroup, void> =>
      pages(http, base, featureGroup, { query, signal }),
    /** Changes what people read of a group and of its features, by name; what is left out stays. */
    describe(group: FeatureGroup, words: Descriptions, signal?: AbortSignal): Promise<FeatureGroup> {
      const { description = group.description, features = {} } = words
      const described = group.features.map((one) => ({ ...one, description: features[one.name] ?? one.description }))
      return updateMetadata({ ...group, description, features: described }, signal)
    },
    /** Deletes a group with its rows in both stores; false when it was not there. Views of it are left without it. */
    delete: (group: GroupId, signal?: AbortSignal): Promise<boolean> => http.delete(at(group), { signal }),
    tags: tags(http, at),
    statistics: statistics(http, jobs, at),
  }
}
