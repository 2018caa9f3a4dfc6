import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Topics } from '../kafka/topics.ts'
import { log } from '../log.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import type { Execution, Job } from '../metadata/job.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { OfflineStore } from '../offline/offline-store.ts'
import { dropTable } from '../offline/offline-table.ts'
import { hopsFsRoot } from '../offline/open-sink.ts'
import { project } from '../project.ts'
import { runTask } from './run-task.ts'

export interface JobRunnerOptions {
  readonly metadata: Metadata
  readonly topics: Topics
  readonly region: string
  /** Whether a row's headers may say for which store it is. */
  readonly rowHeaders: boolean
  /** The folder of the state: the offline store, the logs of jobs. */
  readonly state: string
}

/** Runs executions one after the other, as one Spark application with the store to itself would. */
export class JobRunner {
  readonly #options: JobRunnerOptions
  readonly #offline: OfflineStore
  #turn: Promise<void> = Promise.resolve()
  #atWork: { readonly id: number; readonly abort: AbortController } | undefined
  #stopped = false

  constructor(options: JobRunnerOptions) {
    this.#options = options
    this.#offline = new OfflineStore(join(options.state, 'offline.duckdb'))
    const { executions } = options.metadata
    for (const left of executions.all().filter(({ finalStatus }) => finalStatus === 'UNDEFINED'))
      executions.replace({ ...left, state: 'KILLED', finalStatus: 'KILLED', ended: new Date().toISOString() })
  }

  get state(): string {
    return this.#options.state
  }

  /** Queues an execution of the job and returns it. */
  start(job: Job, args: string, user: string): Execution {
    const { executions } = this.#options.metadata
    const execution = executions.insert(job.name, null, (identity) => {
      const logs = `/Projects/${project.name}/Logs/Spark/${job.name}/${identity.version}`
      return {
        ...identity,
        submitted: new Date().toISOString(),
        ended: null,
        args,
        user,
        state: 'INITIALIZING',
        finalStatus: 'UNDEFINED',
        stdoutPath: `${logs}/stdout.log`,
        stderrPath: `${logs}/stderr.log`,
      }
    })
    for (const file of this.#openLogs(execution)) closeSync(file) // clients wait for them, whatever becomes of it
    this.#turn = this.#turn.then(() => this.#run(job, execution))
    return execution
  }

  #openLogs({ stdoutPath, stderrPath }: Execution): number[] {
    return [stdoutPath, stderrPath].map((path) => {
      mkdirSync(dirname(this.file(path)), { recursive: true })
      return openSync(this.file(path), 'w')
    })
  }

  /** Kills an execution, which is known by its state soon after; one that has ended stays as it is. */
  kill(execution: Execution): Execution {
    if (this.#atWork?.id === execution.id) {
      this.#atWork.abort.abort(new Error('the execution was stopped'))
      this.#offline.interrupt()
    } else if (execution.finalStatus === 'UNDEFINED') {
      const killed = { state: 'KILLED', finalStatus: 'KILLED', ended: new Date().toISOString() } as const
      this.#options.metadata.executions.replace({ ...execution, ...killed })
    }
    return this.#options.metadata.executions.get(execution.id) ?? execution
  }

  /** The file that a path of the project's file system stands for. */
  file(path: string): string {
    return join(hopsFsRoot(this.#options.state), path)
  }

  /** Drops what the offline store holds of a group. */
  async forget(group: FeatureGroup): Promise<void> {
    this.#turn = this.#turn.then(() => dropTable(this.#offline, group))
    await this.#turn
  }

  /** Waits for the execution at work; those behind it stay undone. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#turn
    this.#offline.close()
  }

  async #run(job: Job, execution: Execution): Promise<void> {
    const { executions } = this.#options.metadata
    if (this.#stopped || executions.get(execution.id)?.state !== 'INITIALIZING') return
    const [stdout, stderr] = this.#openLogs(execution)
    const started = performance.now()
    const end = (status: 'SUCCEEDED' | 'FAILED' | 'KILLED', fields: Record<string, unknown> = {}) => {
      const state = status === 'SUCCEEDED' ? 'FINISHED' : status
      executions.replace({ ...execution, state, finalStatus: status, ended: new Date().toISOString() })
      const ms = Math.round(performance.now() - started)
      log(status === 'FAILED' ? 'error' : 'info', 'job', {
        job: job.name,
        execution: execution.id,
        status,
        ms,
        ...fields,
      })
    }
    executions.replace({ ...execution, state: 'RUNNING' })
    const atWork = { id: execution.id, abort: new AbortController() }
    this.#atWork = atWork
    try {
      const lines: string[] = []
      const say = (line: string) => {
        lines.push(line)
        writeSync(stdout ?? 1, `${line}\n`)
      }
      const { signal } = atWork.abort
      const place = { ...this.#options, store: this.#offline, say, signal }
      await runTask(job.task, execution.args, place)
      end('SUCCEEDED', { result: lines.at(-1) })
    } catch (error) {
      writeSync(stderr ?? 2, `${error instanceof Error ? error.stack : String(error)}\n`)
      end(atWork.abort.signal.aborted ? 'KILLED' : 'FAILED', { reason: String(error) })
    } finally {
      this.#atWork = undefined
      for (const file of [stdout, stderr]) if (file !== undefined) closeSync(file)
    }
  }
}
