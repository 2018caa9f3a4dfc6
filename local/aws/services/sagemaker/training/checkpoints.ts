import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { followFolder } from '../follow-folder.ts'
import type { S3 } from '../s3.ts'
import { downloadPrefix } from '../s3.ts'
import type { TrainingJobRequest } from './request.ts'

type CheckpointConfig = NonNullable<TrainingJobRequest['CheckpointConfig']>

/** Keeps a folder of checkpoints and a prefix in S3 alike: what S3 has comes first, then every change goes there. */
export const followCheckpoints = async ({ S3Uri, LocalPath }: CheckpointConfig, s3: S3, job: string) => {
  const folder = join(job, LocalPath)
  const prefix = `${S3Uri.replace(/\/+$/, '')}/`
  await mkdir(folder, { recursive: true })
  if ((await s3.list(prefix)).length > 0) await downloadPrefix(s3, prefix, folder)
  return followFolder({ folder, prefix, deletes: true }, s3)
}
