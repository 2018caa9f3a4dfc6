import { createWriteStream, mkdirSync } from 'node:fs'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'

export interface ContainerLog {
  readonly write: (line: string) => void
  readonly close: () => Promise<void>
}

/** A container's output, line by line, in `<state>/logs/sagemaker/<name>.log`. */
export const openLog = (platform: Platform, name: string): ContainerLog => {
  const path = join(platform.stateDir, 'logs', 'sagemaker', `${name}.log`)
  mkdirSync(dirname(path), { recursive: true })
  const file = createWriteStream(path, { flags: 'a' })
  file.on('error', (error) => platform.log('sagemaker', 'a log cannot be written', { path, error: error.message }))
  return {
    write: (line) => void file.write(`${line}\n`),
    close: async () => {
      file.end()
      await once(file, 'close')
    },
  }
}
