import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { flag, number, tags, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

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

export default defineResource({
  type: 'AWS::EMRServerless::Application',
  properties,
  replacedBy: [],
  async create({ Tags, ...application }, { call }) {
    const members = z.record(z.string(), z.unknown()).parse(small(application))
    const { applicationId, arn } = await call<{ applicationId: string; arn: string }>(
      'emr-serverless',
      'CreateApplication',
      {
        ...members,
        clientToken: randomUUID(),
        ...(Tags && { tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) }),
      },
    )
    return { physicalId: applicationId, attributes: { ApplicationId: applicationId, Arn: arn } }
  },
  async delete({ physicalId: applicationId }, { call }) {
    await call('emr-serverless', 'StopApplication', { applicationId })
    await call('emr-serverless', 'DeleteApplication', { applicationId })
  },
})
