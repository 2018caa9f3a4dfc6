import * as z from 'zod'
import { flag, number, tags, text } from '../property-values.ts'
import type { Made, ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'
import { retag, tagMap } from './retag.ts'

const properties = z.strictObject({
  FunctionName: text.optional(),
  Code: z.strictObject({ S3Bucket: text, S3Key: text, S3ObjectVersion: text.optional() }),
  Handler: text,
  Runtime: text,
  Role: text,
  Description: text.optional(),
  Timeout: number.optional(),
  MemorySize: number.optional(),
  Architectures: z.array(text).optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), text).optional() }).optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: text.optional() }).optional(),
  TracingConfig: z.strictObject({ Mode: text }).optional(),
  KmsKeyArn: text.optional(),
  Layers: z.array(text).max(0, 'layers are not supported').optional(),
  VpcConfig: z
    .strictObject({
      SubnetIds: z.array(text).optional(),
      SecurityGroupIds: z.array(text).optional(),
      Ipv6AllowedForDualStack: flag.optional(),
    })
    .optional(),
  EphemeralStorage: z.strictObject({ Size: number }).optional(),
  LoggingConfig: z.strictObject({ LogFormat: text.optional(), LogGroup: text.optional() }).optional(),
  PackageType: z.literal('Zip').optional(),
  ReservedConcurrentExecutions: number.optional(),
  Tags: tags.optional(),
})

type Properties = z.infer<typeof properties>

const made = (configuration: { FunctionName: string; FunctionArn: string }): Made => ({
  physicalId: configuration.FunctionName,
  attributes: { Arn: configuration.FunctionArn },
})

/** What a function is again where the template no longer says otherwise. */
const usual = (FunctionName: string) => ({
  Description: '',
  Timeout: 3,
  MemorySize: 128,
  Environment: {},
  VpcConfig: {},
  DeadLetterConfig: { TargetArn: '' },
  TracingConfig: { Mode: 'PassThrough' },
  EphemeralStorage: { Size: 512 },
  LoggingConfig: { LogGroup: `/aws/lambda/${FunctionName}` },
})

const reserve = (FunctionName: string, { ReservedConcurrentExecutions }: Properties, { call }: ResourceContext) =>
  ReservedConcurrentExecutions === undefined
    ? call('lambda', 'DeleteFunctionConcurrency', { FunctionName })
    : call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions })

export default defineResource({
  type: 'AWS::Lambda::Function',
  properties,
  replacedBy: ['FunctionName', 'PackageType'],
  async create({ Tags, ReservedConcurrentExecutions, KmsKeyArn, ...fn }, context) {
    const FunctionName = fn.FunctionName ?? context.name(64)
    const created = await context.call<{ FunctionName: string; FunctionArn: string }>('lambda', 'CreateFunction', {
      ...fn,
      FunctionName,
      ...(KmsKeyArn !== undefined && { KMSKeyArn: KmsKeyArn }),
      ...(Tags && { Tags: tagMap(Tags) }),
    })
    if (ReservedConcurrentExecutions !== undefined) {
      await reserve(FunctionName, { Tags, ReservedConcurrentExecutions, ...fn }, context)
    }
    return made(created)
  },
  async update(after, { physicalId: FunctionName, properties: before }, context) {
    const changed = (name: keyof Properties) => JSON.stringify(after[name]) !== JSON.stringify(before[name])
    if (changed('Code') || changed('Architectures')) {
      const { Code, Architectures } = after
      await context.call('lambda', 'UpdateFunctionCode', {
        FunctionName,
        ...Code,
        ...(Architectures && { Architectures }),
      })
    }
    if (changed('ReservedConcurrentExecutions')) await reserve(FunctionName, after, context)
    const {
      Code: _,
      Architectures: __,
      PackageType: ___,
      Tags: ____,
      ReservedConcurrentExecutions: _____,
      KmsKeyArn = '',
      ...rest
    } = after
    const updated = await context.call<{ FunctionName: string; FunctionArn: string }>(
      'lambda',
      'UpdateFunctionConfiguration',
      { ...usual(FunctionName), KMSKeyArn: KmsKeyArn, ...rest, FunctionName },
    )
    await retag(
      { before: before.Tags, after: after.Tags },
      {
        put: (Tags) => context.call('lambda', 'TagResource', { Resource: updated.FunctionArn, Tags: tagMap(Tags) }),
        remove: (TagKeys) => context.call('lambda', 'UntagResource', { Resource: updated.FunctionArn, TagKeys }),
      },
    )
    return made(updated)
  },
  async delete({ physicalId }, { call }) {
    await call('lambda', 'DeleteFunction', { FunctionName: physicalId })
  },
})
