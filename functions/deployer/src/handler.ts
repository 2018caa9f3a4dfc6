import { lambdaHandler } from '@hopline/lambda'
import { s3Objects } from '@hopline/lambda/objects'
import { pipelineNamed, pipelines } from '@hopline/pipelines'
import { deployerEvent, forStage, modelPackageGroupName } from '@hopline/workflow'
import * as z from 'zod'
import { run } from './run.ts'
import { sagemakerHosting } from './sagemaker-hosting.ts'
import type { Services } from './services.ts'

export const handler = lambdaHandler({
  name: 'deployer',
  config: z.object({ STAGE: z.string(), DATA_BUCKET: z.string(), SAGEMAKER_ROLE_ARN: z.string() }),
  input: deployerEvent,
  services: ({ STAGE, DATA_BUCKET, SAGEMAKER_ROLE_ARN }): Services => ({
    objects: s3Objects(),
    hosting: sagemakerHosting(),
    deployOf: (name) => {
      const { instance, count } = pipelineNamed(name).deploy
      return { instance: forStage(instance, STAGE), count: forStage(count, STAGE) }
    },
    pipelineOf: (group) => pipelines.find(({ name }) => modelPackageGroupName(name, STAGE) === group)?.name,
    stage: STAGE,
    dataBucket: DATA_BUCKET,
    sagemakerRoleArn: SAGEMAKER_ROLE_ARN,
  }),
  run,
})
