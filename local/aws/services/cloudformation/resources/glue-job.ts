import * as z from 'zod'
import { number, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'
import { retag, tagList, tagMap } from './retag.ts'

const textMap = z.record(z.string(), text)

const properties = z.strictObject({
  Name: text.optional(),
  Role: text,
  Command: z.strictObject({ Name: text, ScriptLocation: text, PythonVersion: text.optional() }),
  Description: text.optional(),
  DefaultArguments: textMap.optional(),
  NonOverridableArguments: textMap.optional(),
  ExecutionProperty: z.strictObject({ MaxConcurrentRuns: number.optional() }).optional(),
  MaxRetries: number.optional(),
  Timeout: number.optional(),
  WorkerType: text.optional(),
  NumberOfWorkers: number.optional(),
  MaxCapacity: number.optional(),
  GlueVersion: text.optional(),
  ExecutionClass: text.optional(),
  SecurityConfiguration: text.optional(),
  Tags: textMap.optional(),
})

export default defineResource({
  type: 'AWS::Glue::Job',
  properties,
  replacedBy: ['Name'],
  async create(job, { call, name }) {
    const Name = job.Name ?? name(255)
    await call('glue', 'CreateJob', { ...job, Name })
    return { physicalId: Name, attributes: {} }
  },
  async update(job, { physicalId, properties: before }, { call, platform: { region, account } }) {
    const { Name: _, Tags: __, ...JobUpdate } = job
    await call('glue', 'UpdateJob', { JobName: physicalId, JobUpdate })
    const ResourceArn = `arn:aws:glue:${region}:${account}:job/${physicalId}`
    await retag(
      { before: tagList(before.Tags), after: tagList(job.Tags) },
      {
        put: (added) => call('glue', 'TagResource', { ResourceArn, TagsToAdd: tagMap(added) }),
        remove: (TagsToRemove) => call('glue', 'UntagResource', { ResourceArn, TagsToRemove }),
      },
    )
    return { physicalId, attributes: {} }
  },
  async delete({ physicalId }, { call }) {
    await call('glue', 'DeleteJob', { JobName: physicalId })
  },
})
