import * as z from 'zod'
import { resourceName, s3Uri } from '../names.ts'
import { containerVariables } from '../registry/request.ts'
import { tagList } from '../tags.ts'
import { parsePath } from './json-path.ts'

const filter = z
  .string()
  .max(63)
  .refine(
    (path) => parsePath(path) !== undefined,
    "The local platform reads paths of names, indexes and slices, as $.a['b','c'], $[0,-1], $[1:]",
  )
  .default('$')

/** What CreateTransformJob takes here: objects whole or line by line. */
export const transformJobRequest = z
  .strictObject({
    TransformJobName: resourceName,
    ModelName: resourceName,
    BatchStrategy: z.enum(['SingleRecord', 'MultiRecord']).default('MultiRecord'),
    MaxConcurrentTransforms: z.int().min(0).max(100).optional(),
    MaxPayloadInMB: z.int().min(0).max(100).default(6),
    ModelClientConfig: z
      .strictObject({
        InvocationsTimeoutInSeconds: z.int().min(1).max(3600).optional(),
        InvocationsMaxRetries: z.int().min(0).max(3).optional(),
      })
      .optional(),
    Environment: containerVariables.optional(),
    TransformInput: z.strictObject({
      DataSource: z.strictObject({
        S3DataSource: z.strictObject({ S3DataType: z.literal('S3Prefix'), S3Uri: s3Uri }),
      }),
      ContentType: z.string().max(256).optional(),
      CompressionType: z.enum(['None', 'Gzip']).optional(),
      SplitType: z.enum(['None', 'Line'], 'The local platform splits by Line or not at all').default('None'),
    }),
    TransformOutput: z.strictObject({
      S3OutputPath: s3Uri,
      Accept: z.string().max(256).optional(),
      AssembleWith: z.enum(['None', 'Line']).default('None'),
      KmsKeyId: z.string().max(2048).optional(),
    }),
    TransformResources: z.strictObject({
      InstanceType: z.string().startsWith('ml.'),
      InstanceCount: z.int().min(1),
      VolumeKmsKeyId: z.string().max(2048).optional(),
    }),
    DataProcessing: z
      .strictObject({
        InputFilter: filter,
        OutputFilter: filter,
        JoinSource: z.enum(['Input', 'None']).default('None'),
      })
      .optional(),
    Tags: tagList.optional(),
  })
  .refine(({ MaxConcurrentTransforms: n = 1, MaxPayloadInMB }) => n * MaxPayloadInMB <= 100, {
    path: ['maxPayloadInMB'],
    message: 'MaxConcurrentTransforms * MaxPayloadInMB must not exceed 100 MB',
  })

export type TransformJobRequest = Omit<z.infer<typeof transformJobRequest>, 'Tags'>
