import * as z from 'zod'
import type { Permission } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'
import { entityNotFound } from './glue-error.ts'

export const jobName = z.string().min(1).max(255)
const textMap = z.record(z.string(), z.string())

/** What a job can be set to, for Spark jobs in Python. */
export const jobMembers = {
  Role: z.string().min(1),
  Command: z.strictObject({
    Name: z.literal('glueetl', 'only Spark jobs (glueetl) are supported'),
    ScriptLocation: z.string().startsWith('s3://'),
    PythonVersion: z.literal('3').optional(),
  }),
  Description: z.string().max(2048).optional(),
  DefaultArguments: textMap.optional(),
  NonOverridableArguments: textMap.optional(),
  ExecutionProperty: z.strictObject({ MaxConcurrentRuns: z.int().min(1).optional() }).optional(),
  MaxRetries: z.int().min(0).max(10).optional(),
  /** Minutes. */
  Timeout: z.int().min(1).max(10_080).optional(),
  WorkerType: z.enum(['G.025X', 'G.1X', 'G.2X', 'G.4X', 'G.8X']).optional(),
  NumberOfWorkers: z.int().min(1).optional(),
  MaxCapacity: z.number().optional(),
  GlueVersion: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  ExecutionClass: z.enum(['FLEX', 'STANDARD']).optional(),
  SecurityConfiguration: z.string().optional(),
}

type JobMembers = z.infer<z.ZodObject<typeof jobMembers>>

export interface Job extends JobMembers {
  readonly Name: string
  /** Milliseconds since 1970. */
  readonly created: number
  readonly modified: number
  readonly tags: Readonly<Record<string, string>>
}

export const jobTags = z.record(z.string().min(1).max(128), z.string().max(256))

export const jobs = ({ store }: Platform): Table<Job> => store.table('glue.jobs')

export const jobArn = ({ region, account }: Platform, name: string): string =>
  `arn:aws:glue:${region}:${account}:job/${name}`

export const needs = (platform: Platform, action: string, name: string): Permission[] => [
  { action: `glue:${action}`, resource: jobArn(platform, name) },
]

export const existingJob = (platform: Platform, name: string): Job => {
  const found = jobs(platform).get(name)
  if (!found) throw entityNotFound(`Job ${name}`)
  return found
}

/** The job of an ARN: nothing else here has tags. */
export const taggedJob = (platform: Platform, arn: string): Job =>
  existingJob(platform, arn.startsWith(jobArn(platform, '')) ? arn.slice(jobArn(platform, '').length) : arn)

/** The role's ARN; a job may name it without. */
export const roleArn = ({ account }: Platform, role: string): string =>
  role.startsWith('arn:') ? role : `arn:aws:iam::${account}:role/${role}`

/** Minutes, from Glue 5.0 on. */
export const usualTimeoutMinutes = 480

export const describedJob = (kept: Job) => {
  const { created, modified, tags: _, ...job } = kept
  return {
    ...job,
    GlueVersion: job.GlueVersion ?? '5.1',
    MaxRetries: job.MaxRetries ?? 0,
    Timeout: job.Timeout ?? usualTimeoutMinutes,
    ExecutionProperty: { MaxConcurrentRuns: job.ExecutionProperty?.MaxConcurrentRuns ?? 1 },
    CreatedOn: new Date(created),
    LastModifiedOn: new Date(modified),
  }
}
