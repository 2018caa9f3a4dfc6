import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { filesBelow } from '../archive.ts'
import type { S3 } from '../s3.ts'
import { downloadPrefix } from '../s3.ts'
import type { TrainingJobRequest } from './request.ts'

type CheckpointConfig = NonNullable<TrainingJobRequest['CheckpointConfig']>

const lookEveryMs = 500

const fingerprints = async (folder: string) => {
  const files = await filesBelow(folder)
  const known = await Promise.all(
    files.map(async (name) => {
      const { mtimeMs, size } = await stat(join(folder, name))
      return [name, `${mtimeMs} ${size}`] as const
    }),
  )
  return new Map(known)
}

/** Keeps a folder of checkpoints and a prefix in S3 alike: what S3 has comes first, then every change goes there. */
export const followCheckpoints = async ({ S3Uri, LocalPath }: CheckpointConfig, s3: S3, job: string) => {
  const folder = join(job, LocalPath)
  const prefix = `${S3Uri.replace(/\/+$/, '')}/`
  await mkdir(folder, { recursive: true })
  if ((await s3.list(prefix)).length > 0) await downloadPrefix(s3, prefix, folder)
  let saved = await fingerprints(folder)
  const save = async () => {
    const now = await fingerprints(folder)
    for (const [name, print] of now) if (saved.get(name) !== print) await s3.upload(join(folder, name), prefix + name)
    for (const name of saved.keys()) if (!now.has(name)) await s3.remove(prefix + name)
    saved = now
  }
  const ended = new AbortController()
  const following = (async () => {
    while (!ended.signal.aborted) {
      await setTimeout(lookEveryMs, undefined, { signal: ended.signal }).catch(() => {})
      await save().catch(() => {}) // a file may vanish under our eyes: the next look sees it
    }
  })()
  return {
    /** Resolves when S3 has all that the container left. */
    end: async () => {
      ended.abort()
      await following
      await save()
    },
  }
}
