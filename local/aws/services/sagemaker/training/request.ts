import * as z from 'zod'
import { resourceName, roleArn, s3Uri } from '../names.ts'
import { tagList } from '../tags.ts'

const channel = z.strictObject({
  ChannelName: z.string().regex(/^[A-Za-z0-9.\-_]{1,64}$/),
  DataSource: z.strictObject({
    S3DataSource: z.strictObject({
      S3DataType: z.literal('S3Prefix'),
      S3Uri: s3Uri,
      S3DataDistributionType: z.enum(['FullyReplicated', 'ShardedByS3Key']).optional(),
    }),
  }),
  ContentType: z.string().max(256).optional(),
  CompressionType: z.literal('None').optional(),
  RecordWrapperType: z.literal('None').optional(),
  InputMode: z.enum(['File', 'FastFile']).optional(),
})

const compiles = (regex: string) => {
  try {
    return new RegExp(regex) instanceof RegExp
  } catch {
    return false
  }
}

const word = z.string().min(1).max(256)

const algorithm = z.strictObject({
  TrainingImage: z.string().min(1).max(255),
  TrainingInputMode: z.enum(['File', 'FastFile']),
  MetricDefinitions: z
    .array(
      z.strictObject({
        Name: z.string().min(1).max(255),
        Regex: z.string().min(1).max(500).refine(compiles, 'Member must be a valid regular expression'),
      }),
    )
    .max(40)
    .optional(),
  ContainerEntrypoint: z.array(word).min(1).max(100).optional(),
  ContainerArguments: z.array(word).min(1).max(100).optional(),
  EnableSageMakerMetricsTimeSeries: z.boolean().optional(),
})

const stopping = z.strictObject({
  MaxRuntimeInSeconds: z.int().min(1).max(2_419_200).default(86_400),
  MaxWaitTimeInSeconds: z.int().min(1).optional(),
  MaxPendingTimeInSeconds: z.int().min(7200).max(2_419_200).optional(),
})

const few = (record: object) => Object.keys(record).length <= 100

/** SageMaker Debugger and Profiler add files of their own to a job; the Python SDK asks for both, and nothing here needs them. */
const hooks = z.record(z.string(), z.unknown())

/** What CreateTrainingJob takes here: jobs of one host that read from S3. */
export const trainingJobRequest = z.strictObject({
  TrainingJobName: resourceName,
  RoleArn: roleArn,
  AlgorithmSpecification: algorithm,
  HyperParameters: z
    .record(z.string().max(256), z.string().max(2500))
    .refine(few, 'Map must have at most 100 entries')
    .default({}),
  InputDataConfig: z.array(channel).min(1).max(20).optional(),
  OutputDataConfig: z.strictObject({
    S3OutputPath: s3Uri,
    KmsKeyId: z.string().max(2048).optional(),
    CompressionType: z.enum(['GZIP', 'NONE']).optional(),
  }),
  ResourceConfig: z.strictObject({
    InstanceType: z.string().startsWith('ml.'),
    InstanceCount: z.literal(1),
    VolumeSizeInGB: z.int().min(1),
    KeepAlivePeriodInSeconds: z.int().min(0).max(21_600).optional(),
    VolumeKmsKeyId: z.string().max(2048).optional(),
  }),
  StoppingCondition: stopping,
  EnableManagedSpotTraining: z.boolean().default(false),
  CheckpointConfig: z
    .strictObject({
      S3Uri: s3Uri,
      LocalPath: z
        .string()
        .max(4096)
        .regex(/^\/opt\/ml(\/(?!\.\.)[^/]+)+\/?$/)
        .default('/opt/ml/checkpoints'),
    })
    .optional(),
  EnableNetworkIsolation: z.boolean().default(false),
  EnableInterContainerTrafficEncryption: z.boolean().default(false),
  RetryStrategy: z.strictObject({ MaximumRetryAttempts: z.int().min(1).max(30) }).optional(),
  VpcConfig: z
    .strictObject({
      Subnets: z.array(z.string()).min(1).max(16),
      SecurityGroupIds: z.array(z.string()).min(1).max(5),
    })
    .optional(),
  Environment: z
    .record(
      z
        .string()
        .max(512)
        .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/),
      z.string().max(512),
    )
    .refine(few, 'Map must have at most 100 entries')
    .optional(),
  DebugHookConfig: hooks.optional(),
  ProfilerConfig: hooks.optional(),
  ExperimentConfig: z.record(z.string(), z.string()).optional(),
  Tags: tagList.optional(),
})

export type TrainingJobRequest = z.infer<typeof trainingJobRequest>
