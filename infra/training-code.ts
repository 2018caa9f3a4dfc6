import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pipelines } from '@hopline/pipelines'
import { kebab } from '@hopline/workflow'
import { pack } from 'tar-stream'

/** What SageMaker's containers look for beside the training script. */
const scripts = ['train.py', 'inference.py', 'requirements.txt']

/**
 * Each pipeline's scripts as SageMaker takes them: `code/<pipeline>.tar.gz`, the files at the archive's root.
 * Equal files give equal bytes: no dates, no owners, a fixed order.
 */
export const trainingCode = async (folder: string): Promise<Record<string, Uint8Array>> => {
  const archives = await Promise.all(
    pipelines.map(async ({ name }) => {
      const archive = pack()
      for (const script of scripts) {
        archive.entry({ name: script, mtime: new Date(0) }, await readFile(join(folder, kebab(name), script)))
      }
      archive.finalize()
      return [`code/${name}.tar.gz`, gzipSync(await buffer(archive))] as const
    }),
  )
  return Object.fromEntries(archives)
}
