// Puts pnpm into .tools, installs with it, then runs a command among what is installed, Node 24 included.
// Plain JavaScript: the machine's own Node starts it.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'))
const version = json('package.json').packageManager.split(/[@+]/)[1]
const pnpm = join(root, '.tools/node_modules/pnpm/bin/pnpm.cjs')

/**
 * Ends with the child's code. The child has a process group of its own, so a signal reaches it once: Ctrl-C, a signal
 * to this process, and the end of the parent alike, since a shell between npm and here dies without passing one on.
 */
const run = (command, args, { env = process.env, stdout = 'inherit' } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['inherit', stdout, 'inherit'], detached: true })
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid !== parent) forward('SIGTERM')
    }, 500)
    const forward = (signal) => {
      clearInterval(watch)
      process.kill(-child.pid, signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    const over = () => {
      clearInterval(watch)
      for (const signal of signals) process.off(signal, forward)
    }
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      over()
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
  await must(process.execPath, [npm, 'install', '--prefix', join(root, '.tools'), ...quiet, `pnpm@${version}`], {
    stdout: 2,
  })
}
const tools = [join(root, 'node_modules/.bin'), join(root, '.tools/node_modules/.bin')]
const env = { ...process.env, PATH: [...tools, process.env.PATH].join(delimiter) }
// pnpm's own words go to stderr: what a command prints on stdout may be read by a program.
const quiet = ['--prefer-offline', '--reporter=append-only', '--loglevel=warn', '--frozen-lockfile']
await must(process.execPath, [pnpm, 'install', ...quiet], { env, stdout: 2 })
const [command, ...args] = process.argv.slice(2)
process.exit(await run(command, args, { env }))
