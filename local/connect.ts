import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from './child.ts'
import { stage } from './deploy.ts'
import { HopFailed } from './hop-failed.ts'
import { messageOf } from './message-of.ts'
import type { LocalPlatform } from './platform.ts'
import { awsEnvironment } from './platform.ts'

/** Runs `hopline connect`, as one does after a first deployment: snapshot connector and secrets. */
export const connect = async (platform: LocalPlatform, signal?: AbortSignal): Promise<void> => {
  const { aws, hopsworks, logs, state } = platform
  const keyFile = async (name: string, key: string) => {
    const file = join(state, 'keys', name)
    await mkdir(join(state, 'keys'), { recursive: true, mode: 0o700 })
    await writeFile(file, key, { mode: 0o600 })
    return file
  }
  const log = join(logs, 'connect.log')
  const options = {
    stage,
    region: aws.region,
    'hopsworks-url': hopsworks.url,
    project: hopsworks.project,
    'reader-key-file': await keyFile('reader', hopsworks.readerKey),
    'writer-key-file': await keyFile('writer', hopsworks.apiKey),
    ca: hopsworks.ca,
    vectors: `${hopsworks.vectors.host}:${hopsworks.vectors.port}`,
    's3-endpoint': aws.endpoint,
  }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  try {
    await runCommand({ args: ['packages/cli/src/main.ts', 'connect', ...args], env: awsEnvironment(aws), log }, signal)
  } catch (error) {
    throw new HopFailed('hopline connect', messageOf(error), {
      log,
      advice: 'mend what the log names and start again',
    })
  }
}
