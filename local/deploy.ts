import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { runCommand } from './child.ts'
import { HopFailed } from './hop-failed.ts'
import { messageOf } from './message-of.ts'
import type { LocalPlatform } from './platform.ts'
import { awsEnvironment } from './platform.ts'

export const stage = 'dev'

/** Deploys with the real `serverless deploy`: only endpoint and keys say that this is not AWS. */
export const deploy = async (platform: LocalPlatform, signal?: AbortSignal): Promise<void> => {
  const log = join(platform.logs, 'deploy.log')
  const home = join(platform.state, 'home') // serverless keeps a folder in HOME
  await mkdir(home, { recursive: true })
  const serverless = createRequire(import.meta.url).resolve('serverless/bin/serverless.js')
  try {
    await runCommand(
      {
        args: [serverless, 'deploy', '--stage', stage, '--region', platform.aws.region, '--param=pollSeconds=1'],
        env: { ...awsEnvironment(platform.aws), HOME: home, FORCE_COLOR: '0' },
        log,
      },
      signal,
    )
  } catch (error) {
    const advice = 'the stack keeps its last good state: mend what the log names and start again'
    throw new HopFailed('serverless deploy', messageOf(error), { log, advice })
  }
}
