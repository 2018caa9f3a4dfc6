import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { suites } from './suites.ts'
import type { Suite } from './suites.ts'

const usage = `Slow suites against real peers.

  npm run proof                 all of them
  npm run proof -- NAME …       these
  npm run proof -- --verbose    with what they print

${suites.map(({ name, about }) => `  ${name.padEnd(20)} ${about}`).join('\n')}
`

/** Exit code of a suite that lacks what it compares with. */
const notRun = 77
const signs = { proved: '✔', 'not run': '–' }
const root = dirname(import.meta.dirname)
const logs = join(root, '.hopline', 'proof')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h' }, verbose: { type: 'boolean', short: 'v' } },
})
const unknown = positionals.filter((name) => suites.every((suite) => suite.name !== name))
if (values.help || unknown.length > 0) {
  process.stdout.write(unknown.length > 0 ? `no suite ${unknown.join(', ')}\n\n${usage}` : usage)
  process.exit(unknown.length > 0 ? 2 : 0)
}

/** How a suite ended: proved, not run, or why it failed. One that takes too long is ended with its process group. */
type End = 'proved' | 'not run' | { readonly failure: string }

const run = async ({ name, command: [program, ...args], longestMinutes }: Suite): Promise<End> => {
  const log = createWriteStream(join(logs, `${name}.log`))
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log, { end: false })
    if (values.verbose) stream.pipe(process.stdout, { end: false })
  }
  const group = (signal: NodeJS.Signals) => child.pid !== undefined && process.kill(-child.pid, signal)
  const interrupted = () => group('SIGTERM')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted)
  const late = AbortSignal.timeout(longestMinutes * 60_000)
  late.addEventListener('abort', interrupted)
  const ended = await new Promise<End>((resolve) => {
    child.on('error', ({ message }) => resolve({ failure: message }))
    child.on('close', (code, signal) => {
      if (code === 0) resolve('proved')
      else resolve(code === notRun ? 'not run' : { failure: `it ended with ${signal ?? code}` })
    })
  })
  late.removeEventListener('abort', interrupted)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted)
  log.end()
  return late.aborted ? { failure: `not done in ${longestMinutes} minutes` } : ended
}

await mkdir(logs, { recursive: true })
const chosen = suites.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
for (const suite of chosen) {
  const since = performance.now()
  process.stdout.write(`  … ${suite.name}: ${suite.about}\n`)
  const ended = await run(suite)
  const seconds = ((performance.now() - since) / 1000).toFixed(0)
  const file = join(logs, `${suite.name}.log`)
  const said = (await readFile(file, 'utf8')).trimEnd().split('\n')
  const took = `${suite.name.padEnd(20)} ${seconds.padStart(4)} s`
  if (typeof ended === 'string') {
    process.stdout.write(`  ${signs[ended]} ${took}  ${ended === 'proved' ? '' : `not run: ${said.at(-1)}`}\n`)
    continue
  }
  process.stdout.write(`  ✘ ${took}  ${ended.failure}\n${said.slice(-30).join('\n')}\n  log: ${file}\n`)
  process.exitCode = 1
}
process.exit()
