import { join } from 'node:path'
import { filesBelow } from '../archive.ts'
import { followFolder } from '../follow-folder.ts'
import type { S3 } from '../s3.ts'
import type { ProcessingJobRequest } from './request.ts'

const prefixOf = (uri: string) => `${uri.replace(/\/+$/, '')}/`

/** The outputs of a job: Continuous ones go to S3 as they change, the others when it has succeeded. */
export const followOutputs = async ({ ProcessingOutputConfig }: ProcessingJobRequest, s3: S3, job: string) => {
  const outputs = (ProcessingOutputConfig?.Outputs ?? []).map(({ S3Output: { S3Uri, LocalPath, S3UploadMode } }) => ({
    folder: join(job, LocalPath),
    prefix: prefixOf(S3Uri),
    continuous: S3UploadMode === 'Continuous',
  }))
  const followed = await Promise.all(
    outputs.filter(({ continuous }) => continuous).map((output) => followFolder({ ...output, deletes: false }, s3)),
  )
  return {
    end: async ({ succeeded }: { succeeded: boolean }) => {
      await Promise.all(followed.map((output) => output.end()))
      if (!succeeded) return
      for (const { folder, prefix, continuous } of outputs) {
        if (continuous) continue
        for (const file of await filesBelow(folder)) await s3.upload(join(folder, file), prefix + file)
      }
    },
  }
}
