import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { HopsworksNotFound } from '../errors.ts'
import type { Files } from './files.ts'
import type { Http } from './http.ts'
import { ifFound } from './if-found.ts'
import { pages } from './pages.ts'
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
  /** A run that was stopped has failed. */
  readonly outcome: 'running' | 'succeeded' | 'failed'
  /** Hopsworks' own words for the state, and where the log is. */
  readonly detail: string
}

type ExecutionId = Pick<Execution, 'job' | 'id'>

export interface FollowOptions {
  /** Between two questions; 3,000 by default. */
  readonly periodMs?: number
  /** Then what is known is returned, running; no bound by default. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** What an execution has written; null where there is no such log (yet). */
export interface ExecutionLogs {
  readonly stdout: string | null
  readonly stderr: string | null
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

export type Jobs = ReturnType<typeof jobs>

export function jobs(http: Http, { projectId }: Scope, files: Pick<Files, 'download'>) {
  const base = path`/project/${projectId}/jobs`
  const at = (name: string) => base + path`/${name}`
  const executionAt = ({ job: name, id }: ExecutionId) => `${at(name)}/executions${path`/${id}`}`
  const newestFirst = { sort_by: 'submissiontime:desc' }

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
    const query = { limit: 1, ...newestFirst }
    const found = (await http.get(`${at(name)}/executions`, reply, { query, signal })).items?.[0]
    return found && ofJob(name, found)
  }

  async function executionOf(name: string, id: number, signal?: AbortSignal): Promise<Execution> {
    return ofJob(name, await http.get(executionAt({ job: name, id }), execution, { signal }))
  }

  /** An execution now and whenever it has changed, to its end or to the end of the time. */
  async function* follow(of: ExecutionId, options: FollowOptions = {}): AsyncGenerator<Execution, void> {
    const { periodMs = 3_000, timeoutMs = Infinity, signal } = options
    const until = performance.now() + timeoutMs
    for (let last: string | undefined; ;) {
      const now = await executionOf(of.job, of.id, signal)
      if (now.detail !== last) yield now
      last = now.detail
      if (now.outcome !== 'running' || performance.now() + periodMs > until) return
      await sleep(periodMs, undefined, signal && { signal })
    }
  }

  async function log(file: string | null | undefined, signal?: AbortSignal): Promise<string | null> {
    return file ? ((await ifFound(text(files.download(file, signal)))) ?? null) : null
  }

  return {
    get,
    latest,
    /** All jobs of the project. */
    list: (signal?: AbortSignal): AsyncGenerator<Job, void> => pages(http, base, job, { signal }),
    /** Every execution of a job, the newest first. */
    async *executions(name: string, signal?: AbortSignal): AsyncGenerator<Execution, void> {
      const found = pages(http, `${at(name)}/executions`, execution, { query: newestFirst, signal })
      for await (const one of found) yield ofJob(name, one)
    },
    /** The newest execution if it has not ended. */
    async running(name: string, signal?: AbortSignal): Promise<Execution | undefined> {
      const found = await latest(name, signal)
      return found?.outcome === 'running' ? found : undefined
    },
    /** Starts a job, with its default arguments unless others are given. Not idempotent: ask `running` first. */
    async start(name: string | readonly string[], args?: string, signal?: AbortSignal): Promise<Execution> {
      const found = await get(name, signal)
      const started = { text: args ?? found.config?.defaultArgs ?? '', signal }
      return ofJob(found.name, await http.post(`${at(found.name)}/executions`, execution, started))
    },
    execution: executionOf,
    follow,
    /** Waits for the end of an execution, or of the time, and returns the last that is known of it. */
    async wait(of: ExecutionId, options: FollowOptions = {}): Promise<Execution> {
      for await (const now of follow(of, options)) if (now.outcome !== 'running') return now
      return executionOf(of.job, of.id, options.signal)
    },
    /** Asks for an execution to be stopped; `wait` says when it is. One that has ended stays as it is. */
    async stop(of: ExecutionId, signal?: AbortSignal): Promise<Execution> {
      const body = { state: 'stopped' }
      return ofJob(of.job, await http.put(`${executionAt(of)}/status`, execution, { body, signal }))
    },
    /** What an execution has written so far; complete a little after its end. */
    async logs(of: ExecutionId, signal?: AbortSignal): Promise<ExecutionLogs> {
      const { stdoutPath, stderrPath } = await http.get(executionAt(of), execution, { signal })
      const [stdout, stderr] = await Promise.all([log(stdoutPath, signal), log(stderrPath, signal)])
      return { stdout, stderr }
    },
  }
}
