import { S3Client } from '@aws-sdk/client-s3'
import { lambdaHandler, secretReader } from '@hopline/lambda'
import { pipelines } from '@hopline/pipelines'
import { featureWriterEvent, hopsworksSecret } from '@hopline/workflow'
import * as z from 'zod'
import { hopsworksConnection } from './connection.ts'
import { doctor } from './doctor.ts'
import { s3Objects } from './objects.ts'
import { run } from './run.ts'
import { hopsworksSink } from './sink.ts'

export const handler = lambdaHandler({
  name: 'feature-writer',
  config: z.object({ DATA_BUCKET: z.string(), HOPSWORKS_SECRET: z.string() }),
  input: featureWriterEvent,
  services: ({ DATA_BUCKET, HOPSWORKS_SECRET }) => {
    const secret = secretReader(HOPSWORKS_SECRET, hopsworksSecret)
    const connection = hopsworksConnection(secret)
    return {
      pipelines,
      connection,
      objects: s3Objects(new S3Client({}), DATA_BUCKET),
      sink: hopsworksSink(connection),
      examine: async () => doctor(await secret.refetch()),
    }
  },
  run,
})
