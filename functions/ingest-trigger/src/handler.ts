import { SFNClient } from '@aws-sdk/client-sfn'
import { lambdaHandler } from '@hopline/lambda'
import { pipelines } from '@hopline/pipelines'
import * as z from 'zod'
import { objectCreated } from './object-created.ts'
import { run } from './run.ts'

export const handler = lambdaHandler({
  name: 'ingest-trigger',
  config: z.object({ RAW_BUCKET: z.string(), INGEST_MACHINE_ARN: z.string() }),
  input: objectCreated,
  services: ({ RAW_BUCKET, INGEST_MACHINE_ARN }) => ({
    pipelines,
    rawBucket: RAW_BUCKET,
    machineArn: INGEST_MACHINE_ARN,
    sfn: new SFNClient({}),
  }),
  run,
})
