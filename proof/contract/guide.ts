import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { prepareAwsCli } from './prepare.ts'

/** Runs every command of docs/write-a-pipeline.md on the local platform, as a reader would. Exit code 0 if the last one predicts. */
const root = join(import.meta.dirname, '../..')
const { values: options } = parseArgs({
  options: { state: { type: 'string', default: join(root, '.hopline/proof/guide') } },
})
const guide = readFileSync(join(root, 'docs/write-a-pipeline.md'), 'utf8')
const commands = [...guide.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, command = '']) => command)

const text = z.string()
const platformReady = z.object({
  aws: z.object({ endpoint: text, region: text, accessKeyId: text, secretAccessKey: text }),
  api: text,
})

// A second run must find nothing of the first, but the Python packages that it installed.
for (const folder of ['aws', 'hopsworks', 'logs']) rmSync(join(options.state, folder), { recursive: true, force: true })

const awsCli = await prepareAwsCli(join(root, '.hopline/proof'))
const platform = spawn(process.execPath, ['local/up.ts', '--json', '--state', options.state], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const ready = await Promise.race([
    once(createInterface({ input: platform.stdout }), 'line').then(([line]) => String(line)),
    once(platform, 'exit').then(() => undefined),
  ])
  if (ready === undefined) throw new Error('the platform did not start')
  const { aws, api } = platformReady.parse(JSON.parse(ready))
  const env = {
    ...process.env,
    PATH: `${join(awsCli, 'bin')}:${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    PYTHONPATH: awsCli,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: aws.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
    AWS_DEFAULT_REGION: aws.region,
    API: api,
  }
  const shell = spawn('bash', ['--norc', '-euo', 'pipefail', '-c', commands.join('\n')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 600_000,
  })
  let said = ''
  shell.stdout.on('data', (data) => {
    said += String(data)
    process.stdout.write(data)
  })
  const [code] = await once(shell, 'exit')
  const predicted = /"probability":0\.\d+,"model":"bird-strikes-dev\/\d+"/.test(said)
  console.log(code === 0 && predicted ? '\nthe guide holds' : `\nthe guide does not hold: exit code ${code}`)
  process.exitCode = code === 0 && predicted ? 0 : 1
} finally {
  platform.kill('SIGTERM')
  if (platform.exitCode === null) await once(platform, 'exit')
}
