import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { S3 } from '../s3.ts'
import { downloadPrefix } from '../s3.ts'
import type { ProcessingJob } from './processing-job.ts'

const host = 'algo-1'

/** Fills `<folder>/opt/ml` with what a processing container finds at its start: settings, inputs, empty output folders. */
export const prepareInput = async ({ request, arn }: ProcessingJob, s3: S3, folder: string) => {
  const base = join(folder, 'opt/ml')
  for (const below of ['config', 'output', 'processing']) await mkdir(join(base, below), { recursive: true })
  const settings = {
    processingjobconfig: { ProcessingJobArn: arn, ...request },
    resourceconfig: { current_host: host, hosts: [host] },
  }
  for (const [name, content] of Object.entries(settings))
    await writeFile(join(base, 'config', `${name}.json`), JSON.stringify(content))
  for (const { S3Input } of request.ProcessingInputs ?? [])
    await downloadPrefix(s3, S3Input.S3Uri, join(folder, S3Input.LocalPath))
  for (const { S3Output } of request.ProcessingOutputConfig?.Outputs ?? [])
    await mkdir(join(folder, S3Output.LocalPath), { recursive: true })
}
