import { randomUUID } from 'node:crypto'
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { httpHandler, secretReader } from '@hopline/lambda'
import { pipelines } from '@hopline/pipelines'
import { hopsworksSecret, kebab } from '@hopline/workflow'
import * as z from 'zod'
import { sagemakerEndpoint } from './endpoint.ts'
import { featureStore } from './feature-store.ts'
import { livePipeline } from './live-pipeline.ts'
import { objectText } from './object-text.ts'
import { run } from './run.ts'

export const handler = httpHandler({
  name: 'predictor',
  config: z.object({
    STAGE: z.string(),
    HOPSWORKS_SECRET: z.string(),
    DATA_BUCKET: z.string(),
    AWS_ENDPOINT_URL: z.string().optional(),
  }),
  maxBodyBytes: 1_000_000,
  services: ({ STAGE, HOPSWORKS_SECRET, DATA_BUCKET, AWS_ENDPOINT_URL }) => {
    const secret = secretReader(HOPSWORKS_SECRET, hopsworksSecret)
    void secret.get().catch(() => undefined) // beside the contracts; who needs it asks again
    const client = new SageMakerRuntimeClient({ maxAttempts: 2 })
    const live = { object: objectText(client, DATA_BUCKET, { endpoint: AWS_ENDPOINT_URL }), now: Date.now }
    return {
      pipelines: new Map(pipelines.map((pipeline) => [kebab(pipeline.name), livePipeline(pipeline, STAGE, live)])),
      store: featureStore(secret),
      endpoint: sagemakerEndpoint(client),
      now: Date.now,
      newId: randomUUID,
    }
  },
  run,
})
