import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Topics } from '../kafka/topics.ts'
import { log } from '../log.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import type { Execution, Job } from '../metadata/job.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { materialise } from '../offline/materialise.ts'
import { OfflineStore } from '../offline/offline-store.ts'
import { dropTable, ensureTable } from '../offline/offline-table.ts'
import { writeTrainingData } from '../offline/training-data.ts'
import { project } from '../project.ts'

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
  #stopped = false

  constructor(options: JobRunnerOptions) {
    this.#options = options
    this.#offline = new OfflineStore(join(options.state, 'offline.duckdb'))
    const { executions } = options.metadata
    for (const left of executions.all().filter(({ finalStatus }) => finalStatus === 'UNDEFINED'))
      executions.replace({ ...left, state: 'KILLED', finalStatus: 'KILLED', ended: new Date().toISOString() })
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
    this.#turn = this.#turn.then(() => this.#run(job, execution))
    return execution
  }

  /** The file that a path of the project's file system stands for. */
  file(path: string): string {
    return join(this.#options.state, 'files', path)
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
    if (this.#stopped) return
    const { executions } = this.#options.metadata
    const [stdout, stderr] = [execution.stdoutPath, execution.stderrPath].map((path) => {
      mkdirSync(dirname(this.file(path)), { recursive: true })
      return openSync(this.file(path), 'w')
    })
    const started = performance.now()
    const end = (status: 'SUCCEEDED' | 'FAILED', fields: Record<string, unknown> = {}) => {
      const state = status === 'SUCCEEDED' ? 'FINISHED' : 'FAILED'
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
    try {
      const lines: string[] = []
      await this.#task(job, execution, (line) => {
        lines.push(line)
        writeSync(stdout ?? 1, `${line}\n`)
      })
      end('SUCCEEDED', { result: lines.at(-1) })
    } catch (error) {
      writeSync(stderr ?? 2, `${error instanceof Error ? error.stack : String(error)}\n`)
      end('FAILED', { reason: String(error) })
    } finally {
      for (const file of [stdout, stderr]) if (file !== undefined) closeSync(file)
    }
  }

  async #task({ task }: Job, { args }: Execution, say: (line: string) => void): Promise<void> {
    const { metadata, topics, region, rowHeaders } = this.#options
    const store = this.#offline
    if (task.kind !== 'training-dataset') {
      const group = metadata.featureGroups.get(task.featureGroupId)
      if (!group) throw new Error(`feature group ${task.featureGroupId} is gone`)
      if (task.kind === 'table-schema') return ensureTable(store, group)
      return materialise({ store, topics, metadata, group, rowHeaders, args, say })
    }
    const dataset = metadata.trainingDatasets.get(task.trainingDatasetId)
    const view = dataset && metadata.featureViews.get(dataset.featureViewId)
    if (!view) throw new Error(`training dataset ${task.trainingDatasetId} is gone`)
    const { writeOptions } = task
    const folder = join(this.#options.state, 'parts')
    return writeTrainingData({ store, metadata, view, dataset, writeOptions, region, folder, say })
  }
}
