import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { applications } from '@hopline/pipeline/test-support/applications'
import { arbitraryRow, arbitraryTree } from '@hopline/pipeline/test-support/arbitrary-trees'
import { pairwiseRows } from '@hopline/pipeline/test-support/edge-values'
import { largestTrees } from '@hopline/pipeline/test-support/largest-trees'
import fc from 'fast-check'
import { flightsAgree } from './flights.ts'
import { historiesAgree } from './histories.ts'
import { measureLeakage } from './leakage.ts'
import { leakagePicture } from './leakage-picture.ts'
import { MissingTool, prepareSklearn, prepareSpark } from './prepare.ts'
import { startSpark } from './spark.ts'
import type { Disagreement } from './trees.ts'
import { told, Trees } from './trees.ts'

/** TypeScript and Spark 3.5 on the same operators, trees, rows and windows. Exit code 0 when every bit is equal. */
const { values: options } = parseArgs({
  options: {
    picture: { type: 'string' },
    seed: { type: 'string' },
    trees: { type: 'string', default: '2000' },
    flights: { type: 'string', default: '3000000' },
    cache: { type: 'string', default: join(import.meta.dirname, '../../.hopline/proof') },
  },
})
const seed = Number(options.seed ?? Date.now() % 2_147_483_647)
const began = performance.now()
const say = (text: string) => console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}`)

const report = async (trees: Trees, found: readonly Disagreement[]) => {
  for (const disagreement of found.slice(0, 5)) {
    say(`  DISAGREE ${told(disagreement)}`)
    const smallest = await trees.shrink(disagreement)
    if (smallest && smallest.node !== disagreement.node) say(`  because of ${told(smallest)}`)
  }
  if (found.length > 5) say(`  and ${found.length - 5} more`)
  return found.length
}

/** Windows that see too much promise more than any live prediction keeps; honest ones are worth having. */
const leakageShows = async (scratch: string): Promise<number> => {
  const aucs = await measureLeakage(await prepareSklearn(options.cache), scratch)
  const { itself, departures, landings, none } = aucs
  const said = Object.entries(aucs).map(([name, auc]) => `${name} ${auc.toFixed(3)}`)
  say(`AUC by what the windows see: ${said.join(', ')}`)
  if (options.picture) writeFileSync(options.picture, leakagePicture(aucs))
  return itself > departures && departures > landings + 0.01 && landings > none + 0.05 ? 0 : 1
}

const prove = async (): Promise<number> => {
  const pyspark = await prepareSpark(options.cache)
  const scratch = join(options.cache, 'contract')
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  const spark = await startSpark(pyspark, scratch)
  try {
    say(`Spark ${spark.version}, local[2], seed ${seed}`)
    const rows = [...pairwiseRows(), ...fc.sample(arbitraryRow, { seed, numRuns: 200 })]
    const trees = await Trees.over(rows, spark, join(scratch, 'trees'))
    const operators = applications()
    let failures = await report(trees, await trees.check(operators))
    say(`${operators.length} applications of operators to ${rows.length} rows of edge values`)
    for (const tree of largestTrees()) failures += await report(trees, await trees.check([tree]))
    say('the deepest and the widest trees that a definition may have')
    const random = fc.sample(arbitraryTree(), { seed, numRuns: Number(options.trees) })
    failures += await report(trees, await trees.check(random))
    say(`${random.length} random trees; ${trees.evaluations.toLocaleString('en-US')} evaluations so far`)
    failures += await historiesAgree({ histories: 1000, seed }, spark, join(scratch, 'histories'), say)
    failures += await leakageShows(join(scratch, 'leakage'))
    failures += await flightsAgree(Number(options.flights), spark, join(scratch, 'flights'), say)
    return failures
  } finally {
    await spark.stop()
  }
}

try {
  const failures = await prove()
  say(failures === 0 ? 'every bit is equal' : `${failures} failures; again with --seed ${seed}`)
  process.exitCode = failures === 0 ? 0 : 1
} catch (error) {
  console.error(error instanceof MissingTool ? error.message : error)
  process.exitCode = 1
}
