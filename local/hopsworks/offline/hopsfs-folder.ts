import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Sink } from './sink.ts'

/** HopsFS, as far as it is a sink of training data: files below the folder that stands for its root. */
export const hopsFsFolder = (root: string): Sink => ({
  async put(key, body) {
    const file = join(root, key)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, body)
  },
  clear: (prefix) => rm(join(root, prefix), { recursive: true, force: true }),
  close: () => undefined,
})
