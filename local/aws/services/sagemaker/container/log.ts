import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'
import { openLogStream } from './log-stream.ts'
import type { LogPlace } from './log-stream.ts'

export interface ContainerLog {
  readonly write: (line: string) => void
  readonly close: () => Promise<void>
}

/** A container's output, line by line: `<state>/logs/sagemaker/<name>.log` for people, CloudWatch's logs for programs. */
export const openLog = (platform: Platform, name: string, place: LogPlace): ContainerLog => {
  const path = join(platform.stateDir, 'logs', 'sagemaker', `${name}.log`)
  mkdirSync(dirname(path), { recursive: true })
  const file = createWriteStream(path, { flags: 'a', mode: 0o600 })
  file.on('error', (error) => platform.log('sagemaker', 'a log cannot be written', { path, error: error.message }))
  const stream = openLogStream(platform, place)
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
