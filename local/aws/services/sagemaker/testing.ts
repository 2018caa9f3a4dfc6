import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { SageMakerClient } from '@aws-sdk/client-sagemaker'
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { controlOf } from '../../core/control-client.ts'
import type { PlatformOptions } from '../../core/create-platform.ts'
import type { BusEvent, Service } from '../../core/service.ts'
import { temporaryPlatform } from '../../core/testing.ts'
import * as s3Service from '../s3/index.ts'
import { packFolder } from './archive.ts'
import { interpreter } from './container/python.ts'
import * as sagemakerService from './index.ts'

export { until } from '../../core/until.ts'

export const image = '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-py312-cpu-py3'
export const RoleArn = 'arn:aws:iam::000000000000:role/sagemaker'
export const bucket = 'ml-data'

/** An archive of files, `{ 'code/inference.py': '…' }`. */
export const archiveOf = async (files: Readonly<Record<string, string>>) => {
  const folder = await mkdtemp(join(tmpdir(), 'hopline-archive-'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'files', name)), { recursive: true })
    await writeFile(join(folder, 'files', name), content)
  }
  await packFolder(join(folder, 'files'), join(folder, 'archive.tar.gz'))
  const bytes = await readFile(join(folder, 'archive.tar.gz'))
  await rm(folder, { recursive: true })
  return bytes
}

/** A platform of S3, SageMaker and other `services` whose scikit-learn image is empty: scripts that import nothing start at once. */
export const sagemakerPlatform = async (options: Partial<PlatformOptions> & { stateDir?: string } = {}) => {
  const images = await mkdtemp(join(tmpdir(), 'hopline-images-'))
  const { minor } = await interpreter()
  await mkdir(join(images, `scikit-learn-1.4-2-cp3${minor}`))
  process.env['HOPLINE_PYTHON_DIR'] = images
  const events: BusEvent[] = []
  const recorder: Service = { operations: [], receive: (event) => void events.push(event) }
  const services = [s3Service, sagemakerService, ...(options.services ?? []), recorder]
  const running = await temporaryPlatform({ pace: 60, ...options, services })
  const s3 = new S3Client({ ...running.client, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: bucket })).catch(() => {}) // there after a restart
  return {
    ...running,
    events,
    control: controlOf(running.platform.url),
    s3,
    sagemaker: new SageMakerClient(running.client),
    runtime: new SageMakerRuntimeClient({ ...running.client, maxAttempts: 1 }),
    put: (Key: string, Body: string | Uint8Array) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body })),
    get: async (Key: string) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
      return Buffer.from((await Body?.transformToByteArray()) ?? [])
    },
    end: async () => {
      await running.end()
      await rm(images, { recursive: true })
    },
  }
}

export type SageMakerPlatform = Awaited<ReturnType<typeof sagemakerPlatform>>
