import { spawn } from 'node:child_process'
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startLocalAws } from '../local-aws.ts'

/** A script, and what it needs from the package index. */
interface Part {
  readonly script: string
  readonly venv: string
  readonly packages: readonly string[]
  /** What the training script prints and the SDK must show. */
  readonly shows?: string
}

const parts: readonly Part[] = [
  { script: 'waiters.py', venv: '2', packages: ['sagemaker==2.257.7'] },
  { script: 'sdk2.py', venv: '2', packages: ['sagemaker==2.257.7'], shows: 'accuracy=' },
  { script: 'sdk3.py', venv: '3', packages: ['sagemaker==3.27.0'], shows: 'accuracy=' },
]

const here = import.meta.dirname
const root = join(here, '..', '..')
const venvs = join(root, '.hopline', 'sagemaker-sdk')

/** Runs a program to its end and gives what it wrote; rejects unless it ends with 0. */
const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  new Promise<string>((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
      stream.pipe(process.stdout, { end: false })
    }
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${program} ${args.join(' ')} ended with ${code}`)),
    )
  })

/** The interpreter of a virtual environment that has the packages; a first time takes minutes and a package index. */
const pythonWith = async ({ venv, packages }: Part) => {
  const folder = join(venvs, venv)
  const python = join(folder, 'bin', 'python')
  const present = await access(python).then(
    () => true,
    () => false,
  )
  if (!present) await run('python3', ['-m', 'venv', folder])
  process.stdout.write(`${packages.join(' ')}, into ${folder}\n`)
  await run(python, ['-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check', ...packages])
  return python
}

const wanted = process.argv.slice(2)
const chosen = parts.filter(({ script }) => wanted.length === 0 || wanted.includes(script))

// Images are installed once for all suites, not beside each state.
process.env['HOPLINE_PYTHON_DIR'] ??= join(root, '.hopline', 'python')
await mkdir(venvs, { recursive: true })
const state = await mkdtemp(join(venvs, 'run-'))
const pythons = new Map<string, string>()
for (const part of chosen) pythons.set(part.venv, pythons.get(part.venv) ?? (await pythonWith(part)))
const aws = await startLocalAws(join(state, 'aws'), '--pace', '60')
try {
  for (const { script, venv, shows = '' } of chosen) {
    process.stdout.write(`\n${script}\n`)
    await mkdir(join(state, script))
    const env = { ...aws.environment, PROOF_FOLDER: join(state, script), PYTHONWARNINGS: 'ignore' }
    const output = await run(pythons.get(venv) ?? 'python3', [join(here, script)], env)
    if (!output.includes(shows)) throw new Error(`${script} did not show the job's log`)
  }
  await aws.end()
  await rm(state, { recursive: true, force: true })
} catch (error) {
  await aws.end()
  process.stderr.write(`${String(error)}\nThe platform's state and logs: ${state}\n`)
  process.exitCode = 1
}
