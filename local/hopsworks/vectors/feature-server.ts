import type { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import type { Metadata } from '../metadata/metadata.ts'
import { foreignProject, project } from '../project.ts'
import { parseLossless } from './lossless-json.ts'
import { checkPassed } from './passed-features.ts'
import type { Vector } from './read-vector.ts'
import { readVector } from './read-vector.ts'
import type { BatchRequest, OneRequest } from './requests.ts'
import { batchSchema, oneSchema } from './requests.ts'
import { VectorError, vectorFailures } from './vector-error.ts'
import type { ViewPlan } from './view-plan.ts'
import { planView } from './view-plan.ts'

const bad = (message: string) => new VectorError(vectorFailures.badInput, message)

const parse = <T>(schema: z.ZodType<T>, text: string): T => {
  let value: unknown
  try {
    value = parseLossless(text)
  } catch {
    throw bad('the body is not JSON')
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw bad(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}

const metadataText = ({ features }: ViewPlan, options: OneRequest['metadataOptions']): string => {
  if (!options?.featureName && !options?.featureType) return 'null'
  return JSON.stringify(
    features.map(({ name, type }) => ({
      ...(options.featureName ? { featureName: name } : {}),
      ...(options.featureType ? { featureType: type } : {}),
    })),
  )
}

const featuresText = ({ features }: Vector) => `[${features.join(',')}]`

/** Answers for feature vectors out of the online store; how a view is read is worked out once, until metadata changes. */
export class FeatureServer {
  readonly #store: DatabaseSync
  readonly #metadata: Metadata
  readonly #plans = new Map<string, ViewPlan>()

  constructor(store: DatabaseSync, metadata: Metadata) {
    this.#store = store
    this.#metadata = metadata
    metadata.featureViews.onChange(() => this.#plans.clear())
    metadata.featureGroups.onChange(() => this.#plans.clear())
  }

  /** The body of `POST feature_store`, answered. */
  one(text: string): string {
    const request = parse(oneSchema, text)
    const plan = this.#plan(request)
    const { passedFeatures, options, metadataOptions } = request
    if (passedFeatures && (options?.validatePassedFeatures ?? true)) checkPassed(plan, passedFeatures)
    const vector = readVector(plan, request.entries, passedFeatures)
    const detailed = options?.includeDetailedStatus ? JSON.stringify(vector.detailedStatus) : 'null'
    return `{"features":${featuresText(vector)},"metadata":${metadataText(plan, metadataOptions)},"status":"${vector.status}","detailedStatus":${detailed}}`
  }

  /** The body of `POST batch_feature_store`, answered. */
  batch(text: string): string {
    const request = parse(batchSchema, text)
    const plan = this.#plan(request)
    const { entries, options, metadataOptions } = request
    const passed = request.passedFeatures ?? []
    if (passed.length !== 0 && passed.length !== entries.length)
      throw bad(`passedFeatures are ${passed.length}, entries ${entries.length}`)
    if (options?.validatePassedFeatures ?? true) for (const values of passed) if (values) checkPassed(plan, values)
    const vectors = entries.map((entry, index) => readVector(plan, entry, passed[index]))
    const features = vectors.map(featuresText).join(',')
    const status = JSON.stringify(vectors.map((vector) => vector.status))
    const detailed = options?.includeDetailedStatus
      ? JSON.stringify(vectors.map(({ detailedStatus }) => detailedStatus))
      : 'null'
    return `{"features":[${features}],"metadata":${metadataText(plan, metadataOptions)},"status":${status},"detailedStatus":${detailed}}`
  }

  #plan({ featureStoreName, featureViewName: name, featureViewVersion: version }: OneRequest | BatchRequest): ViewPlan {
    if (featureStoreName === foreignProject.name)
      throw new VectorError(vectorFailures.notShared, `feature store ${featureStoreName}`)
    if (featureStoreName !== project.name)
      throw new VectorError(vectorFailures.storeNotFound, `feature store ${featureStoreName}`)
    const key = `${name}:${version}`
    const known = this.#plans.get(key)
    if (known) return known
    const plan = planView(this.#store, this.#metadata, name, version)
    this.#plans.set(key, plan)
    return plan
  }
}
