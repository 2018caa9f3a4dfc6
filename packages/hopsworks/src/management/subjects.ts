import * as z from 'zod'
import type { Http } from './http.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'

const subject = z.object({ id: z.number(), version: z.number(), schema: z.string() })

/** An Avro schema (JSON text) and the id by which a Kafka message names it. */
export type Subject = z.output<typeof subject>

type GroupVersion = { readonly name: string; readonly version: number }

const nameOf = ({ name, version }: GroupVersion) => path`/${name}_${version}`

export function subjects(http: Http, { projectId, featureStoreId }: Scope) {
  const ofStore = path`/project/${projectId}/featurestores/${featureStoreId}/kafka/subjects`
  const registry = path`/project/${projectId}/kafka`
  return {
    /** The newest schema of a feature group. */
    latest: (group: GroupVersion, signal?: AbortSignal): Promise<Subject> =>
      http.get(`${ofStore}${nameOf(group)}/versions/latest`, subject, { signal }),
    /** The numbers of all schemas that a feature group has had. Needs the scope `kafka`. */
    versions: (group: GroupVersion, signal?: AbortSignal): Promise<number[]> =>
      http.get(`${registry}/subjects${nameOf(group)}/versions`, z.array(z.number()), { signal }),
    /** One schema of a feature group, by its number. Needs the scope `kafka`. */
    version: (group: GroupVersion, number: number, signal?: AbortSignal): Promise<Subject> =>
      http.get(`${registry}/subjects${nameOf(group)}/versions${path`/${number}`}`, subject, { signal }),
    /** The Avro schema of the id that a message names. Needs the scope `kafka`. */
    async schema(id: number, signal?: AbortSignal): Promise<string> {
      const reply = z.object({ schema: z.string() })
      return (await http.get(registry + path`/schemas/ids/${id}`, reply, { signal })).schema
    },
  }
}
