import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { filesBelow } from './archive.ts'
import type { S3 } from './s3.ts'

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

export interface FollowedFolder {
  readonly folder: string
  /** Where its files go: `s3://bucket/prefix/`. */
  readonly prefix: string
  /** Whether a file that goes from the folder goes from S3 as well. */
  readonly deletes: boolean
}

/** Brings every change in a folder to S3 while a container is at work in it; what is there already is no change. */
export const followFolder = async ({ folder, prefix, deletes }: FollowedFolder, s3: S3) => {
  let saved = await fingerprints(folder)
  const save = async () => {
    const now = await fingerprints(folder)
    for (const [name, print] of now) if (saved.get(name) !== print) await s3.upload(join(folder, name), prefix + name)
    if (deletes) for (const name of saved.keys()) if (!now.has(name)) await s3.remove(prefix + name)
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
