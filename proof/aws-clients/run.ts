import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startLocalAws } from '../local-aws.ts'

const root = join(import.meta.dirname, '..', '..')
const kept = join(root, '.hopline', 'proof', 'aws-clients')
const packages = join(kept, 'python')
const folder = join(kept, 'run')

/** Runs Python to its end; rejects when it fails. */
const python = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> => {
  const child = spawn('python3', args, { env, stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`python3 ${args[0]} ended with ${code}`)
}

const versions = { awscli: '1.46.3', boto3: '1.44.3' }
const installed = Object.entries(versions).every(([name, version]) =>
  existsSync(join(packages, `${name}-${version}.dist-info`)),
)
if (!installed) {
  process.stdout.write('  pip install awscli boto3\n')
  const wanted = Object.entries(versions).map(([name, version]) => `${name}==${version}`)
  const quietly = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore']
  await rm(packages, { recursive: true, force: true })
  await python([...quietly, '--target', packages, ...wanted], process.env)
}

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
