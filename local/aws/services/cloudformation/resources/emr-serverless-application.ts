import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { flag, number, tags, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'
import { retag, tagMap } from './retag.ts'

const properties = z.strictObject({
  Name: text.optional(),
  ReleaseLabel: text,
  Type: text,
  Architecture: text.optional(),
  MaximumCapacity: z.strictObject({ Cpu: text, Memory: text, Disk: text.optional() }).optional(),
  AutoStartConfiguration: z.strictObject({ Enabled: flag.optional() }).optional(),
  AutoStopConfiguration: z.strictObject({ Enabled: flag.optional(), IdleTimeoutMinutes: number.optional() }).optional(),
  NetworkConfiguration: z
    .strictObject({ SubnetIds: z.array(text).optional(), SecurityGroupIds: z.array(text).optional() })
    .optional(),
  Tags: tags.optional(),
})

/** The API's members are the template's, with a small first letter. */
const small = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.charAt(0).toLowerCase() + name.slice(1), small(member)]),
  )
}

const members = (application: object) => z.record(z.string(), z.unknown()).parse(small(application))

export default defineResource({
  type: 'AWS::EMRServerless::Application',
  properties,
  replacedBy: ['Name', 'Type'],
  async create({ Tags, ...application }, { call }) {
    const { applicationId, arn } = await call<{ applicationId: string; arn: string }>(
      'emr-serverless',
      'CreateApplication',
      {
        ...members(application),
        clientToken: randomUUID(),
        ...(Tags && { tags: tagMap(Tags) }),
      },
    )
    return { physicalId: applicationId, attributes: { ApplicationId: applicationId, Arn: arn } }
  },
  async update(after, { physicalId, attributes, properties: before }, { call }) {
    const { Name: _, Type: __, Tags, ...settings } = after
    await call('emr-serverless', 'UpdateApplication', {
      applicationId: physicalId,
      clientToken: randomUUID(),
      ...members(settings),
    })
    const resourceArn = attributes['Arn']
    await retag(
      { before: before.Tags, after: Tags },
      {
        put: (added) => call('emr-serverless', 'TagResource', { resourceArn, tags: tagMap(added) }),
        remove: (tagKeys) => call('emr-serverless', 'UntagResource', { resourceArn, tagKeys }),
      },
    )
    return { physicalId, attributes }
  },
  async delete({ physicalId: applicationId }, { call }) {
    await call('emr-serverless', 'StopApplication', { applicationId })
    await call('emr-serverless', 'DeleteApplication', { applicationId })
  },
})
