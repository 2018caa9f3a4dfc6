import * as z from 'zod'
import { tagList } from '../tags.ts'
import { trainingJobRequest } from '../training/request.ts'

const amount = z.string().regex(/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/)
const scaling = z.enum(['Auto', 'Linear', 'Logarithmic']).default('Auto')
const name = z.string().min(1).max(256)

const range = <T extends z.ZodType<string>>(ScalingType: T) =>
  z
    .strictObject({ Name: name, MinValue: amount, MaxValue: amount, ScalingType })
    .refine(({ MinValue, MaxValue }) => Number(MinValue) < Number(MaxValue), 'MinValue must be less than MaxValue')

const parameterRanges = z.strictObject({
  IntegerParameterRanges: z.array(range(scaling)).max(30).default([]),
  ContinuousParameterRanges: z
    .array(range(z.enum(['Auto', 'Linear', 'Logarithmic', 'ReverseLogarithmic']).default('Auto')))
    .max(30)
    .default([]),
  CategoricalParameterRanges: z
    .array(z.strictObject({ Name: name, Values: z.array(z.string().max(256)).min(1).max(30) }))
    .max(30)
    .default([]),
})

const tuningConfig = z.strictObject({
  Strategy: z.enum(['Bayesian', 'Random', 'Grid'], 'The local platform has the strategies Bayesian, Random and Grid'),
  HyperParameterTuningJobObjective: z.strictObject({ Type: z.enum(['Maximize', 'Minimize']), MetricName: name }),
  ResourceLimits: z.strictObject({
    MaxNumberOfTrainingJobs: z.int().min(1).optional(),
    MaxParallelTrainingJobs: z.int().min(1),
    MaxRuntimeInSeconds: z.int().min(120).max(15_768_000).optional(),
  }),
  ParameterRanges: parameterRanges,
  TrainingJobEarlyStoppingType: z.literal('Off', 'The local platform stops no training job early').default('Off'),
  TuningJobCompletionCriteria: z.strictObject({ TargetObjectiveMetricValue: z.number().optional() }).optional(),
  RandomSeed: z.int().min(0).optional(),
})

const { shape: training } = trainingJobRequest

const trainingJobDefinition = z.strictObject({
  DefinitionName: z.string().min(1).max(64).optional(),
  StaticHyperParameters: training.HyperParameters,
  AlgorithmSpecification: training.AlgorithmSpecification.omit({ ContainerEntrypoint: true, ContainerArguments: true }),
  RoleArn: training.RoleArn,
  InputDataConfig: training.InputDataConfig,
  OutputDataConfig: training.OutputDataConfig,
  ResourceConfig: training.ResourceConfig,
  StoppingCondition: training.StoppingCondition,
  VpcConfig: training.VpcConfig,
  EnableManagedSpotTraining: training.EnableManagedSpotTraining,
  EnableNetworkIsolation: training.EnableNetworkIsolation,
  EnableInterContainerTrafficEncryption: training.EnableInterContainerTrafficEncryption,
  CheckpointConfig: training.CheckpointConfig,
  RetryStrategy: training.RetryStrategy,
  Environment: training.Environment,
})

/** The name of a tuning job is shorter than others: its training jobs' names begin with it. */
export const tuningJobName = z
  .string()
  .max(32)
  .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}$/)

/** What CreateHyperParameterTuningJob takes here: one definition, a cold start, no early stopping. */
export const tuningJobRequest = z
  .strictObject({
    HyperParameterTuningJobName: tuningJobName,
    HyperParameterTuningJobConfig: tuningConfig,
    TrainingJobDefinition: trainingJobDefinition,
    Tags: tagList.optional(),
  })
  .refine(
    ({ HyperParameterTuningJobConfig: config, TrainingJobDefinition: { AlgorithmSpecification: algorithm } }) =>
      algorithm.MetricDefinitions?.some(({ Name }) => Name === config.HyperParameterTuningJobObjective.MetricName),
    {
      path: ['HyperParameterTuningJobConfig', 'HyperParameterTuningJobObjective', 'MetricName'],
      message: 'The objective must be one of the MetricDefinitions',
    },
  )
  .refine(
    ({ HyperParameterTuningJobConfig: { Strategy, ParameterRanges, ResourceLimits } }) =>
      Strategy === 'Grid'
        ? ParameterRanges.IntegerParameterRanges.length + ParameterRanges.ContinuousParameterRanges.length === 0
        : ResourceLimits.MaxNumberOfTrainingJobs !== undefined,
    {
      path: ['HyperParameterTuningJobConfig', 'Strategy'],
      message: 'Grid takes categorical ranges only; the others need MaxNumberOfTrainingJobs',
    },
  )

export type TuningJobRequest = Omit<z.infer<typeof tuningJobRequest>, 'Tags'>
export type TuningConfig = TuningJobRequest['HyperParameterTuningJobConfig']
