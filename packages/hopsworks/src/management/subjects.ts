import * as z from 'zod'
import type { Http } from './http.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'

const subject = z.object({ id: z.number(), version: z.number(), schema: z.string() })

/** An Avro schema (JSON text) and the id by which a Kafka message names it. */
export type Subject = z.output<typeof subject>

export function subjects(http: Http, { projectId, featureStoreId }: Scope) {
  const base = path`/project/${projectId}/featurestores/${featureStoreId}/kafka/subjects`
  return {
    /** The newest schema of a feature group. */
    latest: (group: { name: string; version: number }, signal?: AbortSignal): Promise<Subject> =>
      http.get(base + path`/${group.name}_${group.version}/versions/latest`, subject, { signal }),
  }
}
