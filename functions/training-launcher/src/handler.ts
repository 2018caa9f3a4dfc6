import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lambdaHandler, secretReader } from '@hopline/lambda'
import { s3Objects } from '@hopline/lambda/objects'
import { pipelineNamed } from '@hopline/pipelines'
import { hopsworksSecret, trainingLauncherEvent } from '@hopline/workflow'
import * as z from 'zod'
import { hopsworksTraining } from './hopsworks-training.ts'
import { liveModel } from './live-model.ts'
import { run } from './run.ts'
import type { Services } from './services.ts'

export const handler = lambdaHandler({
  name: 'training-launcher',
  config: z.object({
    STAGE: z.string(),
    DATA_BUCKET: z.string(),
    HOPSWORKS_SECRET: z.string(),
    SAGEMAKER_ROLE_ARN: z.string(),
    AWS_REGION: z.string(),
    LAMBDA_TASK_ROOT: z.string(),
  }),
  input: trainingLauncherEvent,
  services: (config): Services => {
    const secret = secretReader(config.HOPSWORKS_SECRET, hopsworksSecret)
    return {
      objects: s3Objects(),
      hopsworks: async () => hopsworksTraining(await secret.refetch()), // steps are far apart: the key may be another
      liveModel: liveModel(),
      trainingCode: (name) => readFile(join(config.LAMBDA_TASK_ROOT, 'code', `${name}.tar.gz`)),
      pipeline: pipelineNamed,
      stage: config.STAGE,
      region: config.AWS_REGION,
      dataBucket: config.DATA_BUCKET,
      sagemakerRoleArn: config.SAGEMAKER_ROLE_ARN,
    }
  },
  run,
})
