import * as z from 'zod'
import type { Execution, Job } from '../metadata/job.ts'
import { project } from '../project.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import type { Call, Route } from './route.ts'

const all = '/project/:project/jobs'
const base = `${all}/:job`
/** The SDK sends a form, and calls it JSON. */
const stops = /^(\{\s*"state"\s*:\s*"stopped"\s*\}|state=stopped)$/i
const jsonArgs = z.object({ args: z.string().nullish() })

export const jobView = ({ id, name, created, creator, defaultArgs }: Job, port: number) => ({
  id,
  name,
  creationTime: created,
  jobType: 'SPARK',
  config: {
    type: 'sparkJobConfiguration',
    appName: name,
    defaultArgs,
    appPath: 'hdfs:///user/spark/hsfs_utils.py',
    mainClass: 'org.apache.spark.deploy.PythonRunner',
    'spark.executor.instances': 1,
    'spark.executor.memory': 2048,
  },
  creator: { username: creator },
  href: `https://127.0.0.1:${port}/hopsworks-api/api/project/${project.id}/jobs/${name}`,
})

const executionView = (execution: Execution) => {
  const { id, submitted, ended, state, finalStatus, stdoutPath, stderrPath, args, user } = execution
  return {
    id,
    submissionTime: submitted,
    state,
    finalStatus,
    stdoutPath,
    stderrPath,
    appId: `local-${id}`,
    hdfsUser: `${project.name}__${user}`,
    args,
    progress: ended === null ? 0 : 1,
    user: { username: user },
    duration: (ended === null ? Date.now() : Date.parse(ended)) - Date.parse(submitted),
    monitoring: null,
    filesToRemove: [],
  }
}

/** Arguments come as plain text, or in JSON from newer clients. */
const argsOf = (text: string): string | undefined => {
  if (!text.trimStart().startsWith('{')) return text.trim() || undefined
  try {
    return jsonArgs.parse(JSON.parse(text)).args ?? undefined
  } catch {
    throw new RestError(failures.illegalArgument, 'the body is neither arguments nor {"args": "…"}')
  }
}

export const jobRoutes = ({ metadata, jobs, endpoints }: Services): Route[] => {
  const existing = (name: string): Job => {
    const job = metadata.jobs.named(name).at(-1)
    if (!job) throw new RestError(failures.jobNotFound, `job: ${name}`)
    return job
  }
  const existingExecution = (call: Call): Execution => {
    const execution = metadata.executions.get(call.number('execution'))
    if (execution?.name !== call.param('job'))
      throw new RestError(failures.executionNotFound, `execution: ${call.param('execution')}`)
    return execution
  }
  return [
    {
      method: 'GET',
      path: all,
      scope: 'job',
      handle: (call) => call.page(metadata.jobs.all(), (job) => jobView(job, endpoints.rest)),
    },
    { method: 'GET', path: base, scope: 'job', handle: (call) => jobView(existing(call.param('job')), endpoints.rest) },
    {
      method: 'POST',
      path: `${base}/executions`,
      scope: 'job',
      status: 201,
      handle(call) {
        const job = existing(call.param('job'))
        return executionView(jobs.start(job, argsOf(call.text) ?? job.defaultArgs, call.key.username))
      },
    },
    {
      method: 'GET',
      path: `${base}/executions`,
      scope: 'job',
      handle(call) {
        const executions = metadata.executions.named(existing(call.param('job')).name)
        if (call.query.get('sort_by')?.endsWith(':desc')) executions.reverse()
        const { count, items } = call.page(executions, executionView)
        return items.length > 0 ? { count, items } : { count }
      },
    },
    {
      method: 'GET',
      path: `${base}/executions/:execution`,
      scope: 'job',
      handle: (call) => executionView(existingExecution(call)),
    },
    {
      method: 'PUT',
      path: `${base}/executions/:execution/status`,
      scope: 'job',
      handle(call) {
        if (!stops.test(call.text))
          throw new RestError(failures.illegalArgument, 'the state can only be set to stopped')
        return executionView(jobs.kill(existingExecution(call)))
      },
    },
  ]
}
