import { join } from 'node:path'
import { connect } from './connect.ts'
import { deploy } from './deploy.ts'
import { HopFailed } from './hop-failed.ts'
import { messageOf } from './message-of.ts'
import { readOptions } from './options.ts'
import { startPlatform } from './platform.ts'
import { aborted, shutdownSignal } from './shutdown.ts'
import { readStack } from './stack.ts'

const options = readOptions('run up', 'Starts the local platform, deploys Hopline to it and connects both.', [
  'state',
  'port',
  'empty',
  'json',
])
const signal = shutdownSignal()
const say = (text: string) => process.stderr.write(`${text}\n`)

try {
  const platform = await startPlatform({ ...options, python: join(options.state, 'python') })
  try {
    const { aws, hopsworks } = platform
    say(`local AWS at ${aws.endpoint}, local Hopsworks at ${hopsworks.url}`)
    if (!options.empty) {
      await deploy(platform, signal)
      await connect(platform, signal)
    }
    const stack = options.empty ? null : await readStack(aws)
    const ready = {
      aws: {
        endpoint: aws.endpoint,
        region: aws.region,
        accessKeyId: aws.accessKeyId,
        secretAccessKey: aws.secretAccessKey,
      },
      hopsworks: {
        url: hopsworks.url,
        project: hopsworks.project,
        apiKey: hopsworks.apiKey,
        ca: hopsworks.ca,
        vectors: hopsworks.vectors,
      },
      api: stack?.api ?? null,
      rawBucket: stack?.rawBucket ?? null,
    }
    process.stdout.write(options.json ? `${JSON.stringify(ready)}\n` : `${JSON.stringify(ready, null, 2)}\n`)
    say('ready; Ctrl-C or SIGTERM ends it')
    await aborted(signal)
  } finally {
    await platform.close()
  }
} catch (error) {
  if (!signal.aborted) {
    say(
      error instanceof HopFailed
        ? `${error.hop}: ${error.message}\n  log: ${error.log}\n  ${error.advice}`
        : messageOf(error),
    )
    process.exitCode = 1
  }
}
process.exit()
