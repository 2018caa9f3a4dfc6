import * as z from 'zod'
import { HopsworksNotFound } from '../errors.ts'
import { ifFound } from './http.ts'
import type { Http } from './http.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'

export const job = z.object({
  name: z.string(),
  jobType: z.string().nullish(),
  config: z.looseObject({ defaultArgs: z.string().nullish() }).nullish(),
})
const execution = z.object({
  id: z.number(),
  state: z.string(),
  finalStatus: z.string().nullish(),
  stdoutPath: z.string().nullish(),
  stderrPath: z.string().nullish(),
})

export type Job = z.output<typeof job>

/** One run of a job. */
export interface Execution {
  readonly job: string
  readonly id: number
  readonly outcome: 'running' | 'succeeded' | 'failed'
  /** Hopsworks' own words for the state, and where the log is. */
  readonly detail: string
}

const failures = /^(FAILED|KILLED|FRAMEWORK_FAILURE|APP_MASTER_START_FAILED|INITIALIZATION_FAILED)$/

/** Spark judges by `finalStatus`, other jobs by `state`; a state that we do not know counts as running. */
export function outcomeOf({ state, finalStatus }: { state: string; finalStatus?: string | null | undefined }) {
  if (finalStatus === 'SUCCEEDED' || finalStatus === 'FINISHED') return 'succeeded'
  if (failures.test(finalStatus ?? '') || failures.test(state)) return 'failed'
  return state === 'FINISHED' || state === 'SUCCEEDED' ? 'succeeded' : 'running'
}

/** Names of the job that moves a stream group's rows from Kafka to the offline store, newest spelling first. */
export const materialisationJobs = ({ name, version }: { name: string; version: number }): readonly string[] => [
  `${name}_${version}_offline_fg_materialization`,
  `${name}_${version}_offline_fg_backfill`,
]

function ofJob(name: string, found: z.output<typeof execution>): Execution {
  const log = found.stderrPath ?? found.stdoutPath
  const detail = `${found.state}, ${found.finalStatus ?? 'UNDEFINED'}${log ? `, log ${log}` : ''}`
  return { job: name, id: found.id, outcome: outcomeOf(found), detail }
}

export function jobs(http: Http, { projectId }: Scope) {
  const at = (name: string) => path`/project/${projectId}/jobs/${name}`

  /** The first job that exists under one of the names (a fallback spelling comes second). */
  async function get(name: string | readonly string[], signal?: AbortSignal): Promise<Job> {
    const names = typeof name === 'string' ? [name] : name
    for (const candidate of names) {
      const found = await ifFound(http.get(at(candidate), job, { signal }))
      if (found) return found
    }
    throw new HopsworksNotFound(`No job ${names.join(' or ')}`, { code: 130009, path: at(names[0] ?? '') })
  }

  /** The newest execution, or undefined when the job never ran. */
  async function latest(name: string, signal?: AbortSignal): Promise<Execution | undefined> {
    const reply = z.object({ items: z.array(execution).nullish() })
    const query = { limit: 1, sort_by: 'submissiontime:desc' }
    const found = (await http.get(`${at(name)}/executions`, reply, { query, signal })).items?.[0]
    return found && ofJob(name, found)
  }

  return {
    get,
    latest,
    /** The newest execution if it has not ended. */
    async running(name: string, signal?: AbortSignal): Promise<Execution | undefined> {
      const found = await latest(name, signal)
      return found?.outcome === 'running' ? found : undefined
    },
    /** Starts a job, with its default arguments unless others are given. Not idempotent: ask `running` first. */
    async start(name: string | readonly string[], args?: string, signal?: AbortSignal): Promise<Execution> {
      const found = await get(name, signal)
      const body = args ?? found.config?.defaultArgs ?? ''
      return ofJob(found.name, await http.post(`${at(found.name)}/executions`, execution, { body, signal }))
    },
    async execution(name: string, id: number, signal?: AbortSignal): Promise<Execution> {
      return ofJob(name, await http.get(`${at(name)}/executions${path`/${id}`}`, execution, { signal }))
    },
  }
}
