import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareImage } from '@hopline/local-aws/prepare-image'
import { connect } from './connect.ts'
import { deployment } from './demo/deployment.ts'
import { Executions } from './demo/executions.ts'
import { ingest, total } from './demo/ingest.ts'
import { predict } from './demo/predict.ts'
import { Progress } from './demo/progress.ts'
import { byHand, report } from './demo/report.ts'
import { cutSlice } from './demo/slice.ts'
import { train } from './demo/train.ts'
import { deploy } from './deploy.ts'
import { HopFailed } from './hop-failed.ts'
import { readOptions } from './options.ts'
import type { LocalPlatform } from './platform.ts'
import { startPlatform } from './platform.ts'
import { aborted, shutdownSignal } from './shutdown.ts'
import { readStack } from './stack.ts'

/** The image of the example's training jobs. */
const image = 'sagemaker-scikit-learn:1.4-2-py312-cpu-py3'

const options = readOptions('start', 'Real flights in, a live prediction out, on this machine.', [
  'exit',
  'state',
  'port',
])
const signal = shutdownSignal()
const python = join(options.state, 'python')
await mkdir(join(options.state, 'logs'), { recursive: true })
const startLog = join(options.state, 'logs', 'start.log')
const progress = new Progress(startLog)
const since = performance.now()
const number = (value: number) => value.toLocaleString('en-US')

/** From here on only the system acts: objects set off ingestion, an approval sets off the deployment. */
const demonstrate = async (platform: LocalPlatform, packages: Promise<unknown>) => {
  const { aws, logs } = platform
  const slice = cutSlice(join(options.state, 'demo'))
  slice.catch(() => {}) // awaited below
  await progress.hop(
    'deploy',
    () => deploy(platform, signal),
    () => 'serverless deploy --stage dev',
  )
  await progress.hop(
    'connect',
    () => connect(platform, signal),
    () => 'snapshot connector, reader and writer secrets',
  )
  const stack = await readStack(aws)
  const executions = new Executions(aws, logs)
  const objects = await slice

  const ingested = await progress.hop(
    'ingest',
    (say) => ingest(objects, { aws, stack, executions, say, signal }),
    (outputs) => `${number(total(outputs).read)} rows of ${outputs.length} objects`,
  )
  await packages
  const evaluation = await progress.hop(
    'train',
    (say) =>
      train(
        ingested.map(({ runId }) => runId),
        { stack, executions, say, signal },
      ),
    ({ modelPackageArn, approval }) => `${modelPackageArn.split('/').slice(-2).join('/')} ${approval}`,
  )
  await progress.hop('deploy model', (say) =>
    deployment(evaluation.modelPackageArn, { stack, executions, say, signal }),
  )
  const { prediction, ms } = await progress.hop(
    'predict',
    () => predict({ aws, stack, log: join(logs, 'aws.log') }),
    ({ ms }) => `${ms.toFixed(0)} ms`,
  )
  const results = { aws, stack, counts: total(ingested), evaluation, prediction, predictionMs: ms }
  for (const line of report(results)) progress.line(line)
  progress.line(`\n  ${((performance.now() - since) / 1000).toFixed(1)} s in all; logs in ${logs}`)
  // Keys are for the terminal alone: they do not go into the log.
  process.stdout.write(`${byHand(results).join('\n')}\n`)
}

try {
  progress.line('Hopline: real flights in, a live prediction out, on this machine\n')
  const packages = progress.hop(
    'python',
    (say) => prepareImage(image, { dir: python, onProgress: say }),
    () => 'packages of the training jobs',
  )
  packages.catch(() => {}) // awaited before the training
  const platform = await progress.hop(
    'platform',
    () => startPlatform({ ...options, python }),
    ({ aws, hopsworks }) => `AWS at ${aws.endpoint}, Hopsworks at ${hopsworks.url}`,
  )
  try {
    await demonstrate(platform, packages)
    if (!options.exit) {
      process.stdout.write('  It stays up until Ctrl-C.\n')
      await aborted(signal)
    }
  } finally {
    await platform.close()
  }
} catch (error) {
  if (!signal.aborted) {
    const lines =
      error instanceof HopFailed
        ? [`  ${error.hop} failed: ${error.message}`, `  log: ${error.log}`, `  what to do: ${error.advice}`]
        : [`  ${error instanceof Error ? error.stack : String(error)}`, `  log: ${startLog}`]
    for (const line of ['', ...lines]) progress.line(line)
    process.exitCode = 1
  }
}
await progress.close()
process.exit()
