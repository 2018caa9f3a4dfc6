import * as z from 'zod'

export const writeOptionsSchema = z.object({ primaryKeys: z.boolean(), eventTime: z.boolean() })

export const taskSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('materialise'), featureGroupId: z.int() }),
  z.object({ kind: z.literal('table-schema'), featureGroupId: z.int() }),
  z.object({
    kind: z.literal('training-dataset'),
    trainingDatasetId: z.int(),
    writeOptions: writeOptionsSchema,
  }),
  z.object({ kind: z.literal('statistics'), of: z.enum(['feature-group', 'training-dataset']), id: z.int() }),
])
export type Task = z.infer<typeof taskSchema>

export const jobSchema = z.object({
  id: z.int(),
  name: z.string(),
  version: z.int(),
  created: z.string(),
  creator: z.string(),
  defaultArgs: z.string(),
  task: taskSchema,
})
export type Job = z.infer<typeof jobSchema>

export const executionSchema = z.object({
  id: z.int(),
  /** The job's name. */
  name: z.string(),
  /** Counts the executions of its job. */
  version: z.int(),
  submitted: z.string(),
  ended: z.string().nullable(),
  args: z.string(),
  user: z.string(),
  state: z.enum(['INITIALIZING', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED']),
  finalStatus: z.enum(['UNDEFINED', 'SUCCEEDED', 'FAILED', 'KILLED']),
  stdoutPath: z.string(),
  stderrPath: z.string(),
})
export type Execution = z.infer<typeof executionSchema>
