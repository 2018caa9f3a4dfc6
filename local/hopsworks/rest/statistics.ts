import { jobStamp } from '../jobs/job-stamp.ts'
import type { Task } from '../metadata/job.ts'
import type { Statistics } from '../metadata/statistics.ts'
import type { Services } from '../services.ts'
import { jobView } from './jobs.ts'
import type { Call, Route } from './route.ts'

/** An entity that can be computed statistics of. */
export interface Described {
  readonly owner: string
  /** Begins the name of the job. */
  readonly name: string
  readonly task: Extract<Task, { kind: 'statistics' }>
}

const view = ({ computationTime, featureDescriptiveStatistics, splitStatistics }: Statistics) => ({
  computationTime,
  rowPercentage: 1,
  beforeTransformation: false,
  windowStartCommitTime: null,
  windowEndCommitTime: null,
  ...(featureDescriptiveStatistics ? { featureDescriptiveStatistics } : {}),
  ...(splitStatistics ? { splitStatistics } : {}),
})

/** Statistics of one kind of entity, of all its rows at a time; what a query filters by is not heeded. */
export const statisticsRoutes = (
  { metadata, jobs, endpoints }: Services,
  entity: string,
  describedBy: (call: Call) => Described,
): Route[] => [
  {
    method: 'GET',
    path: `${entity}/statistics`,
    scope: 'featurestore',
    handle(call) {
      return call.page(metadata.statistics.named(describedBy(call).owner).toReversed(), view)
    },
  },
  {
    method: 'POST',
    path: `${entity}/statistics/compute`,
    scope: 'featurestore:write',
    handle(call) {
      const { name, task } = describedBy(call)
      const job = metadata.jobs.insert(`${name}_compute_stats_${jobStamp(new Date())}`, null, (identity) => ({
        ...identity,
        created: new Date().toISOString(),
        creator: call.key.username,
        defaultArgs: `-op compute_stats -name ${name}`,
        task,
      }))
      jobs.start(job, job.defaultArgs, call.key.username)
      return jobView(job, endpoints.rest)
    },
  },
]
