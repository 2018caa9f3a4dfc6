import { join } from 'node:path'
import * as z from 'zod'
import { end, startServer } from './child.ts'
import { HopFailed } from './hop-failed.ts'
import { messageOf } from './message-of.ts'

/** The line by which the local AWS says that it is ready. */
export const awsReady = z.object({
  endpoint: z.url(),
  region: z.string(),
  account: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
})
export type LocalAws = z.infer<typeof awsReady>

const hopsworksReady = z.object({
  url: z.url(),
  project: z.string(),
  apiKey: z.string(),
  readerKey: z.string(),
  ca: z.string(),
  vectors: z.object({ host: z.string(), port: z.int() }),
})
/** The line by which the local Hopsworks says that it is ready; `apiKey` may do everything, `ca` is a file. */
export type LocalHopsworks = z.infer<typeof hopsworksReady>

export interface LocalPlatform {
  readonly state: string
  readonly aws: LocalAws
  readonly hopsworks: LocalHopsworks
  readonly logs: string
  close(): Promise<void>
}

/** What a client of the local AWS finds in its environment. */
export const awsEnvironment = ({ endpoint, region, accessKeyId, secretAccessKey }: LocalAws) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
})

/** Starts the local AWS and the local Hopsworks, each a process of its own, on what `state` holds from the last time. */
export const startPlatform = async ({
  state,
  port,
  python,
}: {
  state: string
  port?: number | undefined
  /** Where the Python packages of the training images are. */
  python: string
}): Promise<LocalPlatform> => {
  const logs = join(state, 'logs')
  const serve = async <Schema extends z.ZodType>(
    name: string,
    ready: Schema,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
  ) => {
    const log = join(logs, `${name}.log`)
    try {
      return await startServer(ready, { args: [`local/${name}/main.ts`, ...args], env, log })
    } catch (error) {
      const advice = `read its log; if its data are damaged, remove ${state} and start again`
      throw new HopFailed(`local ${name}`, messageOf(error), { log, advice })
    }
  }
  const aws = await serve(
    'aws',
    awsReady,
    ['--state', join(state, 'aws'), ...(port === undefined ? [] : ['--port', String(port)])],
    { HOPLINE_PYTHON_DIR: python },
  )
  try {
    // The keys stand for the instance profile of a Hopsworks cluster: with them it takes on the snapshot role.
    const hopsworks = await serve(
      'hopsworks',
      hopsworksReady,
      ['--state', join(state, 'hopsworks')],
      awsEnvironment(aws.ready),
    )
    return {
      state,
      logs,
      aws: aws.ready,
      hopsworks: hopsworks.ready,
      close: async () => {
        await end(aws.child)
        await end(hopsworks.child)
      },
    }
  } catch (error) {
    await end(aws.child)
    throw error
  }
}
