import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openLogStream } from '../../../core/log-stream.ts'
import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'

/** Where CloudWatch keeps a container's output, and whose rights write it there. */
export interface LogPlace {
  readonly group: string
  readonly stream: string
  readonly roleArn: string
}

export interface ContainerLog {
  readonly write: (line: string) => void
  readonly close: () => Promise<void>
}

/** A container's output, line by line: `<state>/logs/sagemaker/<name>.log` for people, CloudWatch's logs for programs. */
export const openLog = (platform: Platform, name: string, { roleArn, ...place }: LogPlace): ContainerLog => {
  const path = join(platform.stateDir, 'logs', 'sagemaker', `${name}.log`)
  mkdirSync(dirname(path), { recursive: true })
  const file = createWriteStream(path, { flags: 'a', mode: 0o600 })
  file.on('error', (error) => platform.log('sagemaker', 'a log cannot be written', { path, error: error.message }))
  const stream = openLogStream(platform, { ...place, principal: roleSession(roleArn, 'SageMaker') })
  return {
    write: (line) => {
      file.write(`${line}\n`)
      stream.write(line)
    },
    close: async () => {
      file.end()
      await Promise.all([once(file, 'close'), stream.close()])
    },
  }
}
