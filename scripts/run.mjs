// Puts pnpm into .tools, then runs one of package.json's scripts with it. Plain JavaScript: the machine's own Node starts it.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'))
const version = json('package.json').packageManager.split(/[@+]/)[1]
const pnpm = join(root, '.tools/node_modules/pnpm/bin/pnpm.cjs')

/** Ends with the child's code; a signal that reaches this process alone reaches the child too. */
const run = (args, { env = process.env, stdout = 'inherit' } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['inherit', stdout, 'inherit'] })
    const forward = (signal) => child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })

const must = async (...call) => {
  const code = await run(...call)
  if (code !== 0) process.exit(code)
}

const installed = () => existsSync(pnpm) && json('.tools/node_modules/pnpm/package.json').version === version
if (!installed()) {
  const npm = process.env.npm_execpath
  if (!npm) throw new Error('start this through npm: `npm start`, `npm test` or `npm run up`')
  const quiet = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await must([npm, 'install', '--prefix', join(root, '.tools'), ...quiet, `pnpm@${version}`], { stdout: 2 })
}
const env = { ...process.env, PATH: [join(root, '.tools/node_modules/.bin'), process.env.PATH].join(delimiter) }
// pnpm's own words go to stderr: what a command prints on stdout may be read by a program.
await must([pnpm, 'install', '--prefer-offline', '--reporter=append-only', '--loglevel=warn', '--frozen-lockfile'], {
  env,
  stdout: 2,
})
process.exit(await run([pnpm, '--silent', 'run', ...process.argv.slice(2)], { env }))
