import { createHash } from 'node:crypto'
import type { CreateModelInput, CreateTrainingJobRequest, CreateTransformJobRequest } from '@aws-sdk/client-sagemaker'
import { TrainingInstanceType, TransformInstanceType } from '@aws-sdk/client-sagemaker'
import { durationMs } from '@hopline/pipeline'
import type { CandidateName, Composition, Manifest, TrainPlan } from '@hopline/workflow'
import {
  codeKey,
  endpointName,
  forStage,
  instanceType,
  jobName,
  modelsPrefix,
  snapshot,
  trainingImage,
  trainingPrefix,
} from '@hopline/workflow'
import * as z from 'zod'
import { UnusableSnapshot } from './errors.ts'
import { contractUri, testUri } from './manifest.ts'
import type { Services } from './services.ts'

/** Sends a pipeline's training code to where SageMaker fetches it; equal code is sent once. */
const uploadCode = async ({ objects, trainingCode, dataBucket }: Services, pipeline: string) => {
  const code = await trainingCode(pipeline)
  const uri = `s3://${dataBucket}/${codeKey(pipeline, createHash('sha256').update(code).digest('hex'))}`
  if (!(await objects.exists(uri))) await objects.put(uri, code, 'application/gzip')
  return uri
}

const channel = (ChannelName: string, S3Uri: string, ContentType: string) => ({
  ChannelName,
  ContentType,
  DataSource: {
    S3DataSource: { S3DataType: 'S3Prefix' as const, S3Uri, S3DataDistributionType: 'FullyReplicated' as const },
  },
})

/** Where the snapshot lies, read back from the manifest that the run pinned by its SHA-256. */
const snapshotOf = async ({ objects }: Services, { uri, sha256 }: Manifest): Promise<string> => {
  const text = await objects.text(uri)
  if (createHash('sha256').update(text).digest('hex') !== sha256) {
    throw new UnusableSnapshot(`${uri} has changed since it was written`)
  }
  return z.object({ snapshot }).parse(JSON.parse(text)).snapshot.location
}

/**
 * The requests by which SageMaker trains each candidate and scores the test split with it, and those for the model
 * that serves now. A model that was made for another contract is not compared: it cannot score these rows.
 */
export const compose = async (
  { plan, manifest }: { plan: TrainPlan; manifest: Manifest },
  services: Services,
): Promise<Composition> => {
  const { stage, region, dataBucket, sagemakerRoleArn: RoleArn } = services
  const { train, deploy } = services.pipeline(plan.pipeline)
  const [code, location] = await Promise.all([uploadCode(services, plan.pipeline), snapshotOf(services, manifest)])
  const image = trainingImage(train.framework, region)
  const folder = `s3://${dataBucket}/${trainingPrefix(plan.pipeline, plan.runId)}`
  const runtime = durationMs(train.timeout) / 1000
  const nameOf = (part: CandidateName | 'champion') => jobName(plan, { stage, part })

  const trainingJob = (name: CandidateName): CreateTrainingJobRequest => ({
    TrainingJobName: nameOf(name),
    RoleArn,
    AlgorithmSpecification: {
      TrainingImage: image,
      TrainingInputMode: 'File',
      MetricDefinitions: [{ Name: 'validation:auc', Regex: 'validation_auc=([0-9\\.]+)' }],
    },
    HyperParameters: {
      ...Object.fromEntries(Object.entries(train.hyperparameters).map(([key, value]) => [key, String(value)])),
      sagemaker_program: train.script,
      sagemaker_submit_directory: code,
      sagemaker_region: region,
    },
    InputDataConfig: [
      channel('train', `${location}/train/`, 'application/x-parquet'),
      channel('validation', `${location}/validation/`, 'application/x-parquet'),
      channel('contract', contractUri(dataBucket, plan, name), 'application/json'),
    ],
    OutputDataConfig: { S3OutputPath: `s3://${dataBucket}/${modelsPrefix}` },
    ResourceConfig: {
      InstanceType: instanceType(TrainingInstanceType, forStage(train.instance, stage)),
      InstanceCount: 1,
      VolumeSizeInGB: 30,
    },
    EnableManagedSpotTraining: train.spot,
    StoppingCondition: {
      MaxRuntimeInSeconds: runtime,
      ...(train.spot && { MaxWaitTimeInSeconds: 2 * runtime }),
    },
    Tags: [
      { Key: 'hopline:run', Value: plan.runId },
      { Key: 'hopline:contract', Value: plan.contract },
    ],
  })

  const scoring = (TransformJobName: string, to: string): Omit<CreateTransformJobRequest, 'ModelName'> => ({
    TransformJobName,
    BatchStrategy: 'MultiRecord',
    MaxPayloadInMB: 6,
    MaxConcurrentTransforms: 1,
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: testUri(dataBucket, plan) } },
      ContentType: 'application/jsonlines',
      SplitType: 'Line',
    },
    TransformOutput: { S3OutputPath: to, Accept: 'application/jsonlines', AssembleWith: 'Line' },
    DataProcessing: { InputFilter: '$.features', JoinSource: 'Input' }, // the model does not see the label
    TransformResources: {
      InstanceType: instanceType(TransformInstanceType, forStage(deploy.instance, stage)),
      InstanceCount: 1,
    },
  })

  const candidates = plan.candidates.map((name) => {
    const model: Omit<CreateModelInput, 'ModelName'> = {
      ExecutionRoleArn: RoleArn,
      EnableNetworkIsolation: true, // a pickle may do what it likes: without a network and without the role's credentials
      PrimaryContainer: {
        Image: image,
        Environment: { SAGEMAKER_PROGRAM: 'inference.py', SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code' },
      },
    }
    return {
      name,
      trainingJob: { ...trainingJob(name) },
      model: { ...model },
      transformJob: { ...scoring(nameOf(name), `${folder}${name}/scored`) },
      predictionsUri: `${folder}${name}/scored/test.jsonl.out`,
    }
  })

  const live = await services.liveModel(endpointName(plan.pipeline, stage))
  return {
    candidates,
    champion:
      live?.contract === plan.contract
        ? {
            modelPackageArn: live.modelPackageArn,
            transformJob: {
              ...scoring(nameOf('champion'), `${folder}champion/scored`),
              ModelName: live.modelName,
            },
            predictionsUri: `${folder}champion/scored/test.jsonl.out`,
          }
        : null,
  }
}
