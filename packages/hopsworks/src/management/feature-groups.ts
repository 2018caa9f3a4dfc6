import * as z from 'zod'
import { HopsworksMismatch, HopsworksRejected } from '../errors.ts'
import type { GroupDefinition } from './definitions.ts'
import { ifFound } from './http.ts'
import type { Http } from './http.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'

const feature = z.looseObject({ name: z.string(), type: z.string(), primary: z.boolean().default(false) })

/** The stored group. Loose: views and queries send the whole DTO back. */
export const featureGroup = z.looseObject({
  id: z.number(),
  name: z.string(),
  version: z.number(),
  featurestoreId: z.number(),
  onlineEnabled: z.boolean().default(false),
  timeTravelFormat: z.string().nullish(),
  onlineTopicName: z.string().nullish(),
  eventTime: z.string().nullish(),
  features: z.array(feature),
})

/** A feature group as Hopsworks holds it (its own field names). */
export type FeatureGroup = z.output<typeof featureGroup>

const alreadyExists = 270089

export type FeatureGroups = ReturnType<typeof featureGroups>

/** Feature groups of one feature store. */
export function featureGroups(http: Http, { projectId, featureStoreId }: Scope) {
  const base = path`/project/${projectId}/featurestores/${featureStoreId}/featuregroups`
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

  /**
   * The stored group, made if it is missing: always a stream feature group, so that a row reaches both stores by Kafka.
   * @throws HopsworksMismatch when the stored group differs from the definition; it is left as it is
   */
  async function getOrCreate(definition: GroupDefinition, signal?: AbortSignal): Promise<FeatureGroup> {
    const found = await get(definition.name, definition.version, signal)
    return sameAsDefined(found ?? (await create(definition, signal)), definition)
  }

  return { get, getOrCreate }
}

export function createBody(definition: GroupDefinition, featurestoreId: number): object {
  return {
    type: 'streamFeatureGroupDTO',
    featurestoreId,
    name: definition.name,
    version: definition.version,
    description: definition.description,
    onlineEnabled: definition.online,
    timeTravelFormat: definition.timeTravelFormat,
    eventTime: definition.eventTime,
    features: definition.features.map(({ name, type, primary = false, onlineType = null }) => ({
      name,
      type,
      primary,
      onlineType,
      partition: false,
      hudiPrecombineKey: false,
    })),
    statisticsConfig: { enabled: false, correlations: false, histograms: false, exactUniqueness: false, columns: [] },
    deltaStreamerJobConf: { writeOptions: [], sparkJobConfiguration: null },
  }
}

const columns = (of: readonly { name: string; type: string; primary?: boolean | undefined }[]) =>
  of.map(({ name, type, primary }) => `${name} ${type}${primary ? ' key' : ''}`).toSorted()

function sameAsDefined(stored: FeatureGroup, defined: GroupDefinition): FeatureGroup {
  const differences = [
    ['format', stored.timeTravelFormat, defined.timeTravelFormat],
    ['online', stored.onlineEnabled, defined.online],
    ['event time', stored.eventTime, defined.eventTime],
    ['features', columns(stored.features).join(', '), columns(defined.features).join(', ')],
  ].filter(([, is, should]) => is !== should)
  if (differences.length === 0) return stored
  const said = differences.map(([what, is, should]) => `${what}: stored ${is}, defined ${should}`).join('; ')
  throw new HopsworksMismatch(
    `Feature group ${defined.name} version ${defined.version} differs (${said}). Give the definition a new version.`,
  )
}
