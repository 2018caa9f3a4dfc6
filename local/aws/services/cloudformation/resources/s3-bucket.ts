import * as z from 'zod'
import { flag, number, tags, text } from '../property-values.ts'
import type { Made, ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'
import { notificationConfiguration, notificationDocument } from './s3-notifications.ts'

const days = number.optional()

const lifecycleRule = z.strictObject({
  Id: text.optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: text.optional(),
  ExpirationInDays: days,
  NoncurrentVersionExpiration: z
    .strictObject({ NoncurrentDays: number, NewerNoncurrentVersions: number.optional() })
    .optional(),
  Transitions: z.array(z.strictObject({ StorageClass: text, TransitionInDays: number })).optional(),
  AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: number }).optional(),
})

const properties = z.strictObject({
  BucketName: text.optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  BucketEncryption: z
    .strictObject({
      ServerSideEncryptionConfiguration: z.array(
        z.strictObject({
          ServerSideEncryptionByDefault: z
            .strictObject({ SSEAlgorithm: z.enum(['AES256', 'aws:kms']), KMSMasterKeyID: text.optional() })
            .optional(),
          BucketKeyEnabled: flag.optional(),
        }),
      ),
    })
    .optional(),
  PublicAccessBlockConfiguration: z
    .strictObject({
      BlockPublicAcls: flag.optional(),
      BlockPublicPolicy: flag.optional(),
      IgnorePublicAcls: flag.optional(),
      RestrictPublicBuckets: flag.optional(),
    })
    .optional(),
  OwnershipControls: z.strictObject({ Rules: z.array(z.strictObject({ ObjectOwnership: text })).length(1) }).optional(),
  NotificationConfiguration: notificationConfiguration.optional(),
  LifecycleConfiguration: z.strictObject({ Rules: z.array(lifecycleRule).min(1) }).optional(),
  Tags: tags.optional(),
})

type Properties = z.infer<typeof properties>

const lifecycle = ({ Id, Prefix, ExpirationInDays, Transitions, ...rule }: z.infer<typeof lifecycleRule>) => ({
  ...rule,
  ...(Id !== undefined && { ID: Id }),
  Filter: { Prefix: Prefix ?? '' },
  ...(ExpirationInDays !== undefined && { Expiration: { Days: ExpirationInDays } }),
  ...(Transitions && {
    Transitions: Transitions.map(({ StorageClass, TransitionInDays: Days }) => ({ StorageClass, Days })),
  }),
})

/** Puts each setting that differs from what was there, and takes away those that are gone. */
const configure = async (Bucket: string, after: Properties, before: Properties, context: ResourceContext) => {
  const changed = (name: keyof Properties) => JSON.stringify(after[name]) !== JSON.stringify(before[name])
  const put = (operation: string, document: object) => context.call('s3', operation, { Bucket, ...document })
  if (changed('VersioningConfiguration')) {
    const { Status = 'Suspended' } = after.VersioningConfiguration ?? {}
    await put('PutBucketVersioning', { VersioningConfiguration: { Status } })
  }
  if (changed('BucketEncryption')) {
    const rules = after.BucketEncryption?.ServerSideEncryptionConfiguration
    if (!rules) await put('DeleteBucketEncryption', {})
    else {
      const Rules = rules.map(({ ServerSideEncryptionByDefault: byDefault, ...rule }) => ({
        ...rule,
        ...(byDefault && { ApplyServerSideEncryptionByDefault: byDefault }),
      }))
      await put('PutBucketEncryption', { ServerSideEncryptionConfiguration: { Rules } })
    }
  }
  if (changed('PublicAccessBlockConfiguration')) {
    const { PublicAccessBlockConfiguration } = after
    if (PublicAccessBlockConfiguration) await put('PutPublicAccessBlock', { PublicAccessBlockConfiguration })
    else await put('DeletePublicAccessBlock', {})
  }
  if (changed('OwnershipControls')) {
    const { OwnershipControls } = after
    if (OwnershipControls) await put('PutBucketOwnershipControls', { OwnershipControls })
    else await put('DeleteBucketOwnershipControls', {})
  }
  if (changed('NotificationConfiguration')) {
    await put('PutBucketNotificationConfiguration', {
      NotificationConfiguration: notificationDocument(after.NotificationConfiguration ?? {}),
    })
  }
  if (changed('LifecycleConfiguration')) {
    const rules = after.LifecycleConfiguration?.Rules
    if (rules) {
      await put('PutBucketLifecycleConfiguration', { LifecycleConfiguration: { Rules: rules.map(lifecycle) } })
    } else await put('DeleteBucketLifecycle', {})
  }
  if (changed('Tags')) {
    if (after.Tags) await put('PutBucketTagging', { Tagging: { TagSet: after.Tags } })
    else await put('DeleteBucketTagging', {})
  }
}

const made = (name: string, { platform: { region } }: ResourceContext): Made => ({
  physicalId: name,
  attributes: {
    Arn: `arn:aws:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
  },
})

export default defineResource({
  type: 'AWS::S3::Bucket',
  properties,
  replacedBy: ['BucketName'],
  async create(after, context) {
    const Bucket = after.BucketName ?? context.name(63).toLowerCase()
    await context.call('s3', 'CreateBucket', { Bucket })
    try {
      await configure(Bucket, after, {}, context)
    } catch (error) {
      await context.call('s3', 'DeleteBucket', { Bucket })
      throw error
    }
    return made(Bucket, context)
  },
  async update(after, { physicalId, properties: before }, context) {
    await configure(physicalId, after, before, context)
    return made(physicalId, context)
  },
  async delete({ physicalId }, context) {
    await context.call('s3', 'DeleteBucket', { Bucket: physicalId })
  },
})
