import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { python, pythonPackages } from '../python-packages.ts'

const root = join(import.meta.dirname, '..', '..')
const kept = join(root, '.hopline', 'proof', 'template')
const packages = join(kept, 'python')
const packaged = join(kept, 'packaged')

await pythonPackages(packages, { 'cfn-lint': '1.58.0' })

/** The templates that serverless makes of a stage, by the parameters that change what is in them. */
const made = async (stage: string, ...parameters: readonly string[]): Promise<string> => {
  const folder = join(packaged, stage)
  await rm(folder, { recursive: true, force: true })
  const args = ['package', '--stage', stage, '--package', folder, ...parameters.map((each) => `--param=${each}`)]
  const child = spawn('serverless', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`serverless ${args.join(' ')} ended with ${code}`)
  return join(folder, 'cloudformation-template-update-stack.json')
}

const templates = [
  await made('dev'),
  await made(
    'prod',
    'alertEmail=ml@example.com',
    'hopsworksPrincipal=arn:aws:iam::123456789012:role/hopsworks',
    'writerConcurrency=20',
  ),
]
const ownOrder = 'W3005' // serverless names dependencies that CloudFormation would find by itself
await python(
  [join(packages, 'bin', 'cfn-lint'), '--regions', 'us-east-1', '--ignore-checks', ownOrder, '--', ...templates],
  {
    ...process.env,
    PYTHONPATH: packages,
  },
)
console.log(`  ${templates.length} templates: nothing to say`)
