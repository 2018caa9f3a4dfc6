import { join } from 'node:path'
import { filesBelow, packFolder } from '../archive.ts'
import type { S3 } from '../s3.ts'
import type { TrainingJob } from './training-job.ts'
import { modelUri, outputUri } from './training-job.ts'

/** Uploads what a container left: model.tar.gz unless it failed, output.tar.gz if there is any. */
export const saveOutput = async (job: TrainingJob, s3: S3, folder: string, { model }: { model: boolean }) => {
  const models = join(folder, 'opt/ml/model')
  const data = join(folder, 'opt/ml/output/data')
  const packed = async (from: string, name: string, uri: string) => {
    const archive = join(folder, name)
    await packFolder(from, archive)
    await s3.upload(archive, uri)
  }
  if (model && job.request.OutputDataConfig.CompressionType === 'NONE') {
    for (const file of await filesBelow(models)) await s3.upload(join(models, file), modelUri(job) + file)
  } else if (model) await packed(models, 'model.tar.gz', modelUri(job))
  if ((await filesBelow(data)).length > 0) await packed(data, 'output.tar.gz', `${outputUri(job)}/output.tar.gz`)
}
