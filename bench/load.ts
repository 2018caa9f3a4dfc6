import { execFileSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { globSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { bundling } from '@hopline/infra/bundle'
import { build } from 'esbuild'
import figures from './load.json' with { type: 'json' }
import { median } from './median.ts'

/** Size and load time of each function's bundle, each load in a cold process of its own. */
const { values } = parseArgs({
  options: { check: { type: 'boolean' }, write: { type: 'boolean' }, runs: { type: 'string' } },
})
const runs = Number(values.runs ?? (values.check ? 3 : 11))
const allowedGrowth = 1.1
const root = dirname(import.meta.dirname)
const out = join(root, '.build', 'load')

/** Loads the bundle as Lambda does and says how long that took, in milliseconds. */
const load = `const t = process.hrtime.bigint(); require(process.argv[1]); console.log(Number(process.hrtime.bigint() - t) / 1e6); process.exit()`
const coldLoad = (bundle: string) => Number(execFileSync(process.execPath, ['-e', load, bundle], { encoding: 'utf8' }))

interface Figures {
  readonly bytes: number
  readonly gzipBytes: number
}

const bundles = await Promise.all(
  globSync('functions/*/src/handler.ts', { cwd: root })
    .toSorted()
    .map(async (handler) => {
      const name = basename(dirname(dirname(handler)))
      const { outputFiles } = await build({ ...bundling(root, handler), write: false })
      const code = outputFiles.find(({ path }) => path.endsWith('.js'))?.contents ?? new Uint8Array()
      const folder = join(out, name)
      await rm(folder, { recursive: true, force: true })
      await mkdir(folder, { recursive: true })
      await Promise.all(outputFiles.map(({ path, contents }) => writeFile(join(folder, basename(path)), contents)))
      return { name, path: join(folder, 'index.js'), bytes: code.length, gzipBytes: gzipSync(code).length }
    }),
)

// In turn, so that a slow moment of the machine meets every bundle alike.
const times = new Map<string, number[]>(bundles.map(({ name }) => [name, []]))
for (let run = 0; run < runs; run += 1) {
  for (const { name, path } of bundles) times.get(name)?.push(coldLoad(path))
}

const known: Readonly<Record<string, Figures>> = figures
const kib = (bytes: number) => `${(bytes / 1024).toFixed(0)} KiB`
console.log(`| function | bundle | gzip | load, median of ${runs} | against the budget |\n|---|---|---|---|---|`)
for (const { name, bytes, gzipBytes } of bundles) {
  const budget = known[name]
  const growth = budget ? `${(((bytes - budget.bytes) / budget.bytes) * 100).toFixed(1)} %` : 'none yet'
  console.log(
    `| ${name} | ${kib(bytes)} | ${kib(gzipBytes)} | ${median(times.get(name) ?? []).toFixed(0)} ms | ${growth} |`,
  )
}

if (values.write) {
  const measured = Object.fromEntries(bundles.map(({ name, bytes, gzipBytes }) => [name, { bytes, gzipBytes }]))
  await writeFile(join(import.meta.dirname, 'load.json'), `${JSON.stringify(measured, null, 2)}\n`)
}
if (values.check) {
  const grown = bundles.filter(({ name, bytes }) => !(bytes <= (known[name]?.bytes ?? 0) * allowedGrowth))
  // The others that talk to Hopsworks. Someone waits for the predictor, so it must not carry what they carry.
  const heavier = bundles.filter(({ name }) => ['feature-writer', 'training-launcher'].includes(name))
  const predictor = bundles.find(({ name }) => name === 'predictor')
  const problems = [
    ...grown.map(
      ({ name, bytes }) => `${name} is ${kib(bytes)}; ${kib(known[name]?.bytes ?? 0)} and a tenth are allowed`,
    ),
    ...heavier
      .filter(({ bytes }) => bytes < (predictor?.bytes ?? 0))
      .map(({ name }) => `the predictor must be the lightest of those that call Hopsworks, but ${name} is lighter`),
  ]
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) console.error('If the growth is worth it: npm run bench -- --write')
  process.exitCode = problems.length > 0 ? 1 : 0
}
