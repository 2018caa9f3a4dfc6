import assert from 'node:assert/strict'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startLocalAws } from '../local-aws.ts'
import { serverlessIn } from './cli.ts'
import type { Ran } from './cli.ts'
import { sendEvents } from './send-events.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, '.hopline', 'proof', 'serverless-cli')

const succeeded = ({ ok, printed }: Ran, ...patterns: readonly RegExp[]) => {
  assert.ok(ok, printed)
  for (const pattern of patterns) assert.match(printed, pattern)
}
const failed = ({ ok, printed }: Ran, pattern: RegExp) => {
  assert.ok(!ok, 'it should have failed')
  assert.match(printed, pattern)
}

await rm(folder, { recursive: true, force: true })
const home = join(folder, 'home')
await mkdir(home, { recursive: true })
const aws = await startLocalAws(join(folder, 'aws'), '--pace', '60')
try {
  process.stdout.write('Hopline itself\n')
  const hopline = serverlessIn(root, aws, home)
  succeeded(await hopline('deploy', '--stage', 'proof'), /Service deployed to stack hopline-proof/)
  const again = await hopline('deploy', '--stage', 'proof')
  succeeded(again, /No changes to deploy/)
  succeeded(await hopline('deploy', 'function', '-f', 'evaluator', '--stage', 'proof'), /Code did not change/)
  succeeded(await hopline('info', '--stage', 'proof'), /stack: hopline-proof/, /predictor: hopline-proof-predictor/)
  succeeded(await hopline('deploy', '--stage', 'proof', '--param=logLevel=DEBUG'), /Service deployed/)
  failed(await hopline('invoke', '-f', 'evaluator', '--stage', 'proof', '--data', '{}', '--log'), /InvalidInput/)
  succeeded(await hopline('logs', '-f', 'evaluator', '--stage', 'proof'), /START/, /InvalidInput/, /END Duration/)
  succeeded(await hopline('remove', '--stage', 'proof'), /Service hopline has been successfully removed/)
  failed(await hopline('info', '--stage', 'proof'), /Stack with id hopline-proof does not exist/)

  process.stdout.write('A service that changes\n')
  const service = join(folder, 'service')
  await cp(join(import.meta.dirname, 'service'), service, { recursive: true })
  const serverless = serverlessIn(service, aws, home)
  const change = async (file: string, from: string, to: string) => {
    const text = await readFile(join(service, file), 'utf8')
    assert.ok(text.includes(from), `${file} has no ${from}`)
    await writeFile(join(service, file), text.replace(from, to))
  }
  const greeting = async () => (await serverless('invoke', '-f', 'greet', '--data', '{"name":"Ada"}')).printed

  succeeded(await serverless('deploy'), /GET - https:\S+\/greet\/\{name\}/)
  assert.match(await greeting(), /Hello, Ada/)
  await sendEvents(aws)
  const seen = await serverless('logs', '-f', 'greet', '--filter', 'greeting')
  for (const way of ['by-queue', 'by-stream', 'by-topic', 'by-bucket.txt', 'by-bus']) {
    assert.match(seen.printed, new RegExp(`greeting ${way}`))
  }
  await change('handler.mjs', 'Hello', 'Good day')
  succeeded(await serverless('deploy', 'function', '-f', 'greet'), /Function code deployed/)
  assert.match(await greeting(), /Good day, Ada/)

  await change('handler.mjs', 'Good day', 'Never seen')
  await change('serverless.yml', 'VisibilityTimeout', 'Visibility')
  failed(await serverless('deploy'), /UPDATE_FAILED: Letters[^]*extraneous key \[Visibility\] is not permitted/)
  assert.match(await greeting(), /Hello, Ada|Good day, Ada/)
  await change('serverless.yml', 'Visibility:', 'VisibilityTimeout:')
  succeeded(await serverless('deploy', '--param=visibility=45'), /Service deployed/)
  assert.match(await greeting(), /Never seen, Ada/)
  succeeded(await serverless('logs', '-f', 'greet', '--filter', 'greeting'), /greeting Ada/)
  succeeded(await serverless('remove'), /has been successfully removed/)
} finally {
  await aws.end()
}
