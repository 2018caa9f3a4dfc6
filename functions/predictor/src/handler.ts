import { randomUUID } from 'node:crypto'
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { httpHandler, secretReader } from '@hopline/lambda'
import { pipelines } from '@hopline/pipelines'
import { hopsworksSecret } from '@hopline/workflow'
import * as z from 'zod'
import { sagemakerEndpoint } from './endpoint.ts'
import { featureStore } from './feature-store.ts'
import { run, served } from './run.ts'

export const handler = httpHandler({
  name: 'predictor',
  config: z.object({ STAGE: z.string(), HOPSWORKS_SECRET: z.string() }),
  maxBodyBytes: 1_000_000,
  services: ({ STAGE, HOPSWORKS_SECRET }) => ({
    pipelines: served(pipelines, STAGE),
    store: featureStore(secretReader(HOPSWORKS_SECRET, hopsworksSecret)),
    endpoint: sagemakerEndpoint(new SageMakerRuntimeClient({ maxAttempts: 2 })),
    now: Date.now,
    newId: randomUUID,
  }),
  run,
})
