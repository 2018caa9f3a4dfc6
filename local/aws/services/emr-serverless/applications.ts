import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Permission } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'

const workers = z.record(
  z.string(),
  z.strictObject({
    workerCount: z.int().min(1),
    workerConfiguration: z
      .strictObject({
        cpu: z.string(),
        memory: z.string(),
        disk: z.string().optional(),
        diskType: z.string().optional(),
      })
      .optional(),
  }),
)

export const releaseLabel = z.string().regex(/^emr-\d+\.\d+\.\d+$/)

/** What an application can be set to, and changed to; sizes are kept and shown, one machine does the work. */
export const settings = {
  architecture: z.enum(['ARM64', 'X86_64']).optional(),
  initialCapacity: workers.optional(),
  maximumCapacity: z.strictObject({ cpu: z.string(), memory: z.string(), disk: z.string().optional() }).optional(),
  autoStartConfiguration: z.strictObject({ enabled: z.boolean().optional() }).optional(),
  autoStopConfiguration: z
    .strictObject({ enabled: z.boolean().optional(), idleTimeoutMinutes: z.int().min(1).max(10_080).optional() })
    .optional(),
  networkConfiguration: z
    .strictObject({ subnetIds: z.array(z.string()).optional(), securityGroupIds: z.array(z.string()).optional() })
    .optional(),
}

export const tags = z.record(z.string().min(1).max(128), z.string().max(256))

export const applicationMembers = {
  name: z.string().min(1).max(64).optional(),
  releaseLabel,
  type: z.string().regex(/^spark$/i, 'only Spark applications are supported'),
  ...settings,
  tags: tags.optional(),
}
type Members = z.infer<z.ZodObject<typeof applicationMembers>>

export interface Application extends Members {
  readonly applicationId: string
  readonly state: 'CREATED' | 'STARTED' | 'STOPPED' | 'TERMINATED'
  /** Milliseconds since 1970. */
  readonly created: number
  readonly updated: number
  readonly clientToken: string
}

export const applications = ({ store }: Platform): Table<Application> => store.table('emr-serverless.applications')

/** There is a slash before `applications`. */
export const applicationArn = ({ region, account }: Platform, id: string): string =>
  `arn:aws:emr-serverless:${region}:${account}:/applications/${id}`

export const onApplication = (platform: Platform, action: string, id: string): Permission[] => [
  { action: `emr-serverless:${action}`, resource: applicationArn(platform, id) },
]

export const notFound = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `${what} does not exist`, { status: 404 })

export const existingApplication = (platform: Platform, id: string): Application => {
  const found = applications(platform).get(id)
  if (!found) throw notFound(`Application ${id}`)
  return found
}

export const keepApplication = (platform: Platform, application: Application): Application => {
  const kept = { ...application, updated: platform.clock.now() }
  applications(platform).put(kept.applicationId, kept)
  return kept
}

export const describedApplication = (platform: Platform, kept: Application) => {
  const { created, updated, clientToken: _, ...application } = kept
  return {
    ...application,
    arn: applicationArn(platform, application.applicationId),
    architecture: application.architecture ?? 'X86_64',
    createdAt: new Date(created),
    updatedAt: new Date(updated),
  }
}
