import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startLocalAws } from '../local-aws.ts'
import { python, pythonPackages } from '../python-packages.ts'

const root = join(import.meta.dirname, '..', '..')
const kept = join(root, '.hopline', 'proof', 'aws-clients')
const packages = join(kept, 'python')
const folder = join(kept, 'run')

await pythonPackages(packages, { awscli: '1.46.3', boto3: '1.44.3' })
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })

const aws = await startLocalAws(join(folder, 'aws'), '--pace', '60')
const { AWS_ENDPOINT_URL: _, ...withoutEndpoint } = aws.environment
try {
  const home = { HOME: folder, PYTHONPATH: packages, AWS_EC2_METADATA_DISABLED: 'true' }
  await Promise.all([
    python([join(import.meta.dirname, 'cli_story.py'), folder, aws.endpoint], { ...withoutEndpoint, ...home }),
    python([join(import.meta.dirname, 'boto_story.py')], { ...aws.environment, ...home }),
  ])
} finally {
  await aws.end()
}
