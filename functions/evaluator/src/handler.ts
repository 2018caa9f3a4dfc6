import { lambdaHandler } from '@hopline/lambda'
import { s3Objects } from '@hopline/lambda/objects'
import { pipelineNamed } from '@hopline/pipelines'
import { evaluatorEvent } from '@hopline/workflow'
import * as z from 'zod'
import { sagemakerRegistry } from './registry.ts'
import { run } from './run.ts'

export const handler = lambdaHandler({
  name: 'evaluator',
  config: z.object({ STAGE: z.string(), DATA_BUCKET: z.string(), AWS_REGION: z.string() }),
  input: evaluatorEvent,
  services: (config) => ({
    objects: s3Objects(),
    registry: sagemakerRegistry(),
    pipeline: pipelineNamed,
    stage: config.STAGE,
    region: config.AWS_REGION,
    dataBucket: config.DATA_BUCKET,
  }),
  run,
})
