import { createHash } from 'node:crypto'
import { contractOf } from '@hopline/pipeline'
import type { Manifest, Snapshot, TrainPlan } from '@hopline/workflow'
import { contractKey, trainingPrefix } from '@hopline/workflow'
import { candidateContract } from './candidate-contract.ts'
import { UnusableSnapshot } from './errors.ts'
import type { Services } from './services.ts'
import type { SplitObject } from './split-objects.ts'
import { splitObjects } from './split-objects.ts'
import { testLines } from './test-lines.ts'

const splitNames = ['train', 'validation', 'test'] as const

/** Where the batch transform finds the test split. */
export const testUri = (dataBucket: string, { pipeline, runId }: TrainPlan) =>
  `s3://${dataBucket}/${trainingPrefix(pipeline, runId)}test/test.jsonl`

/** Where a candidate's contract lies, as a channel of its own. */
export const contractUri = (dataBucket: string, { pipeline, runId }: TrainPlan, candidate: string) =>
  `s3://${dataBucket}/${contractKey(pipeline, runId, candidate)}`

/**
 * Verifies what Hopsworks wrote and says what it is: manifest.json holds every object with its size, rows and SHA-256.
 * Beside it go the test split as JSON lines, and the contract of each candidate.
 *
 * @throws UnusableSnapshot when a split is empty or lacks a column of the contract
 */
export const writeManifest = async (
  { plan, snapshot }: { plan: TrainPlan; snapshot: Snapshot },
  services: Services,
): Promise<Manifest> => {
  const { objects, dataBucket } = services
  const pipeline = services.pipeline(plan.pipeline)
  const contract = contractOf(pipeline)
  const by = pipeline.evaluate.slices?.by ?? []
  const needed = [contract.label.name, ...by, ...contract.features.map(({ name }) => name)]

  const splits: Record<string, SplitObject[]> = {}
  const lines: string[] = []
  for (const name of splitNames) {
    const found: SplitObject[] = (splits[name] = [])
    for await (const { columns, read, ...object } of splitObjects(objects, `${snapshot.location}/${name}/`)) {
      const absent = needed.filter((column) => !columns.includes(column))
      if (absent.length > 0) throw new UnusableSnapshot(`${object.uri} lacks ${absent.join(', ')}`)
      if (object.rows === 0) continue
      found.push(object)
      if (name !== 'test') continue
      const numbered = testLines(await read(), { contract, by, firstRow: lines.length })
      for (const line of numbered) lines.push(JSON.stringify(line))
    }
    if (found.length === 0) {
      const { start, end } = plan.splits[name]
      const bounds = `${new Date(start).toISOString()} to ${new Date(end).toISOString()}`
      throw new UnusableSnapshot(
        `the ${name} split (${bounds}) has no rows: ingest that time, or shorten train.holdout`,
      )
    }
  }
  if (lines.length === 0) throw new UnusableSnapshot('no row of the test split has a label')

  const sum = (name: string) => (splits[name] ?? []).reduce((total, { rows }) => total + rows, 0)
  const rows = { train: sum('train'), validation: sum('validation'), test: lines.length }
  const text = JSON.stringify({ ...plan, snapshot, schema: needed, rows, splits, bounds: plan.splits }, null, 1)
  const uri = `s3://${dataBucket}/${trainingPrefix(plan.pipeline, plan.runId)}manifest.json`
  await Promise.all([
    objects.put(uri, text),
    objects.put(testUri(dataBucket, plan), `${lines.join('\n')}\n`, 'application/jsonlines'),
    ...plan.candidates.map((candidate) =>
      objects.put(contractUri(dataBucket, plan, candidate), JSON.stringify(candidateContract(contract, candidate))),
    ),
  ])
  return { uri, sha256: createHash('sha256').update(text).digest('hex'), rows }
}
