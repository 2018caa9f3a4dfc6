import * as z from 'zod'
import { resourceName, roleArn, s3Uri } from '../names.ts'
import { tagList } from '../tags.ts'

const word = z.string().min(1).max(256)
const localPath = z
  .string()
  .max(256)
  .regex(/^\/opt\/ml\/processing(\/(?!\.\.?(\/|$))[^/]+)+\/?$/, 'Member must lie below /opt/ml/processing')

const input = z.strictObject({
  InputName: z.string().min(1).max(256),
  AppManaged: z.boolean().optional(),
  S3Input: z.strictObject({
    S3Uri: s3Uri,
    LocalPath: localPath,
    S3DataType: z.literal('S3Prefix', 'The local platform reads S3Prefix only'),
    S3InputMode: z.literal('File', 'The local platform has no Pipe mode').default('File'),
    S3DataDistributionType: z.enum(['FullyReplicated', 'ShardedByS3Key']).default('FullyReplicated'),
    S3CompressionType: z.literal('None', 'Gzip is for Pipe mode, which the local platform does not have').optional(),
  }),
})

const output = z.strictObject({
  OutputName: z.string().min(1).max(256),
  AppManaged: z.boolean().optional(),
  S3Output: z.strictObject({
    S3Uri: s3Uri,
    LocalPath: localPath,
    S3UploadMode: z.enum(['EndOfJob', 'Continuous']),
  }),
})

const uniqueNames = <T>(items: readonly T[], nameOf: (item: T) => string) =>
  new Set(items.map(nameOf)).size === items.length
const few = (record: object) => Object.keys(record).length <= 100

/** What CreateProcessingJob takes here: jobs of one host between S3 and S3. */
export const processingJobRequest = z.strictObject({
  ProcessingJobName: resourceName,
  RoleArn: roleArn,
  AppSpecification: z.strictObject({
    ImageUri: z.string().min(1).max(255),
    ContainerEntrypoint: z
      .array(word, 'The images of the local platform have no entry point of their own')
      .min(1)
      .max(100),
    ContainerArguments: z.array(word).min(1).max(100).optional(),
  }),
  ProcessingInputs: z
    .array(input)
    .max(10)
    .refine((inputs) => uniqueNames(inputs, ({ InputName }) => InputName), 'Input names must be unique')
    .optional(),
  ProcessingOutputConfig: z
    .strictObject({
      Outputs: z
        .array(output)
        .max(10)
        .refine((outputs) => uniqueNames(outputs, ({ OutputName }) => OutputName), 'Output names must be unique'),
      KmsKeyId: z.string().max(2048).optional(),
    })
    .optional(),
  ProcessingResources: z.strictObject({
    ClusterConfig: z.strictObject({
      InstanceCount: z.literal(1, 'The local platform runs one instance'),
      InstanceType: z.string().startsWith('ml.'),
      VolumeSizeInGB: z.int().min(1).max(16_384),
      VolumeKmsKeyId: z.string().max(2048).optional(),
    }),
  }),
  StoppingCondition: z.strictObject({ MaxRuntimeInSeconds: z.int().min(1).max(777_600) }).default({
    MaxRuntimeInSeconds: 86_400,
  }),
  Environment: z
    .record(
      z
        .string()
        .max(256)
        .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/),
      z.string().max(256),
    )
    .refine(few, 'Map must have at most 100 entries')
    .optional(),
  NetworkConfig: z
    .strictObject({
      EnableInterContainerTrafficEncryption: z.boolean().optional(),
      EnableNetworkIsolation: z.boolean().optional(),
      VpcConfig: z
        .strictObject({
          Subnets: z.array(z.string()).min(1).max(16),
          SecurityGroupIds: z.array(z.string()).min(1).max(5),
        })
        .optional(),
    })
    .optional(),
  ExperimentConfig: z.record(z.string(), z.string()).optional(),
  Tags: tagList.optional(),
})

export type ProcessingJobRequest = Omit<z.infer<typeof processingJobRequest>, 'Tags'>
