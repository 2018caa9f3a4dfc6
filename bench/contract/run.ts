import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Value } from '@hopline/pipeline'
import { rowsSql, windowsSql } from '@hopline/pipeline/spark'
import { pipelineNamed, pipelines } from '@hopline/pipelines'
import { writeParquet } from '@hopline/proof-contract/parquet'
import { prepareRivals, prepareSpark } from '@hopline/proof-contract/prepare'
import { acceptedFlights } from '@hopline/proof-contract/raw-flights'
import { startSpark } from '@hopline/proof-contract/spark'
import { buildSync } from 'esbuild'
import * as z from 'zod'
import { median } from '../median.ts'

/** The contract at a start, the row function beside the same features by hand, and the windows beside pandas, Polars, DuckDB and Spark. */
const { values: options } = parseArgs({
  options: {
    flights: { type: 'string', default: '3000000' },
    runs: { type: 'string', default: '3' },
    spark: { type: 'boolean', default: false },
    'start-only': { type: 'boolean', default: false },
  },
})
const root = join(import.meta.dirname, '../..')
const cache = join(root, '.hopline/proof')
const scratch = join(root, '.build/contract')
const here = (file: string) => join(import.meta.dirname, file)
const { spine, windows } = pipelineNamed('flight_delays')

const rates = z.record(z.string(), z.number())
const measured = z.object({
  airport: z.tuple([z.number(), z.number()]),
  route: z.tuple([z.number(), z.number()]),
  seconds: z.number(),
  cpuSeconds: z.number(),
  peakMegabytes: z.number(),
})
type Measured = z.infer<typeof measured>

const node = (file: string, ...args: string[]) =>
  execFileSync(process.execPath, ['--max-old-space-size=6144', here(file), ...args], { encoding: 'utf8' })

/** As at a Lambda's start: one bundle, cold processes. Computing time of the thread, since others share the processors. */
const start = () => {
  const outfile = join(scratch, 'at-start.cjs')
  buildSync({
    entryPoints: [here('at-start.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
  })
  const cold = () =>
    z.array(z.number()).parse(JSON.parse(execFileSync(process.execPath, [outfile], { encoding: 'utf8' })))
  const starts = Array.from({ length: 41 }, cold)
  console.log(`| at a start, beyond the imports | CPU ms a pipeline, of ${pipelines.length} |\n|---|---|`)
  for (const [at, what] of ['its definition', 'its contract, request function and request schema'].entries()) {
    const ms = median(starts.map((measured) => (measured[at] ?? Number.NaN) / pipelines.length))
    console.log(`| ${what} | ${ms.toFixed(1)} |`)
  }
  console.log()
}

const rows = () => {
  const of = rates.parse(JSON.parse(node('rows.ts')))
  const contract = of['contract'] ?? Number.NaN
  console.log('| row function | million rows a CPU second | the contract against it |\n|---|---|---|')
  for (const [name, rate] of Object.entries(of)) {
    console.log(`| ${name} | ${rate.toFixed(2)} | ${(contract / rate).toFixed(2)} |`)
  }
}

/** The accepted flights as Parquet: instants as integers for the rivals, and as instants, with an order, for Spark. */
const prepareFlights = async () => {
  const columns: Record<string, Value[]> = Object.fromEntries(Object.keys(spine.columns).map((name) => [name, []]))
  for await (const flight of acceptedFlights(spine, Number(options.flights))) {
    for (const [name, column] of Object.entries(columns)) column.push(flight[name] ?? null)
  }
  const types = Object.fromEntries(Object.entries(spine.columns).map(([name, { kind }]) => [name, { type: kind }]))
  mkdirSync(scratch, { recursive: true })
  const numbers = Array.from({ length: columns['origin']?.length ?? 0 }, (_, at) => at)
  writeParquet(join(scratch, 'flights.parquet'), { ...types, left_at: { type: 'long' } }, columns)
  writeParquet(
    join(scratch, 'log.parquet'),
    { ...types, _order: { type: 'string' }, _row: { type: 'int' } },
    { ...columns, _order: numbers.map(() => 'a'), _row: numbers },
  )
}

const sparkSeconds = async () => {
  const spark = await startSpark(await prepareSpark(cache), scratch)
  try {
    await spark.table('accepted', join(scratch, 'log.parquet'))
    await spark.view('log', rowsSql(spine, 'accepted', ['_order', '_row']))
    let seconds = 0
    for (const group of windows) seconds += await spark.write(windowsSql(group, 'log'), join(scratch, group.name))
    return seconds
  } finally {
    await spark.stop()
  }
}

const windowsOf = async () => {
  const env = { ...process.env, PYTHONPATH: await prepareRivals(cache) }
  const rival = (engine: string) => () =>
    execFileSync('python3', [here('rivals.py'), engine, join(scratch, 'flights.parquet')], { encoding: 'utf8', env })
  const engines: Record<string, () => string> = {
    hopline: () => node('windows.ts', options.flights),
    ...Object.fromEntries(['pandas', 'polars', 'duckdb'].map((name) => [name, rival(name)])),
  }
  // In turn, so that a slow moment of the machine meets every engine alike.
  const results = new Map<string, Measured[]>(Object.keys(engines).map((name) => [name, []]))
  for (let run = 0; run < Number(options.runs); run += 1) {
    for (const [name, measure] of Object.entries(engines))
      results.get(name)?.push(measured.parse(JSON.parse(measure())))
  }
  const [same] = results.get('hopline') ?? []
  const of = (name: string, figure: 'seconds' | 'cpuSeconds' | 'peakMegabytes') =>
    median((results.get(name) ?? []).map((result) => result[figure]))
  console.log(
    `\n| windows of ${Number(options.flights).toLocaleString('en-US')} flights | seconds | CPU seconds | against pandas (CPU) | peak MB | rows |\n|---|---|---|---|---|---|`,
  )
  for (const [name, [result]] of results) {
    const figures = [of(name, 'seconds').toFixed(1), of(name, 'cpuSeconds').toFixed(1)]
    const ratio = `${(of('pandas', 'cpuSeconds') / of(name, 'cpuSeconds')).toFixed(2)} ×`
    const rows = (result?.airport[0] ?? 0) + (result?.route[0] ?? 0)
    console.log(`| ${name} | ${figures.join(' | ')} | ${ratio} | ${of(name, 'peakMegabytes').toFixed(0)} | ${rows} |`)
    const agrees = (['airport', 'route'] as const).every((group) => {
      const [[count, check], [wanted, sum]] = [result?.[group] ?? [0, 0], same?.[group] ?? [0, 0]]
      return count === wanted && Math.abs(check - sum) < 1e-6 * Math.abs(sum)
    })
    if (!agrees) throw new Error(`${name} computes something else`)
  }
}

rmSync(scratch, { recursive: true, force: true })
start()
if (!options['start-only']) {
  rows()
  await prepareFlights()
  await windowsOf()
  if (options.spark) console.log(`\nSpark local[2], files in and files out: ${(await sparkSeconds()).toFixed(0)} s`)
}
