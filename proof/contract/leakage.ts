import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyPipeline, Values, WindowGroup } from '@hopline/pipeline'
import { pipelineNamed } from '@hopline/pipelines'
import * as z from 'zod'
import { writeParquet } from './parquet.ts'
import { acceptedFlights } from './raw-flights.ts'
import { trainingTable } from './training-table.ts'

const flights = 250_000

/** On a fine grid, so that the clock alone makes the difference. */
const windowsOf = (
  pipeline: AnyPipeline,
  clockOf: (group: WindowGroup) => WindowGroup['clock']['node'],
): AnyPipeline => ({
  ...pipeline,
  windows: pipeline.windows.map((group) => ({
    ...group,
    every: '1 minute',
    clock: { ...group.clock, node: clockOf(group) },
  })),
})

const minuteEarlier = ({ of }: WindowGroup): WindowGroup['clock']['node'] => ({
  op: 'after',
  type: 'timestamp',
  args: [of.eventTime.node, { op: 'literal', type: 'int', value: -60_000 }],
})

/** The example, honest and otherwise. */
const variants = (pipeline: AnyPipeline) => ({
  // What a rolling window does by default: it ends with the row itself, whose label is in it.
  itself: windowsOf(pipeline, minuteEarlier),
  // Aircraft in the air: nobody knows yet that they will be late.
  departures: windowsOf(pipeline, ({ of }) => of.eventTime.node),
  landings: windowsOf(pipeline, ({ clock }) => clock.node),
  none: { ...pipeline, windows: [] },
})

const measured = z.object({ itself: z.number(), departures: z.number(), landings: z.number(), none: z.number() })
export type Aucs = z.infer<typeof measured>

/** AUC of a gradient boosting on real flights, the newest fifth as test, by what the windows see. */
export const measureLeakage = async (sklearn: string, folder: string): Promise<Aucs> => {
  const pipeline = pipelineNamed('flight_delays')
  const rows: Values[] = []
  for await (const row of acceptedFlights(pipeline.spine, flights)) rows.push(row)
  mkdirSync(folder, { recursive: true })
  const files = Object.entries(variants(pipeline)).map(([name, variant]) => {
    const table = trainingTable(variant, rows)
    const file = join(folder, `${name}.parquet`)
    writeParquet(file, Object.fromEntries(Object.keys(table).map((column) => [column, { type: 'double' }])), table)
    return file
  })
  const settings = { test: 0.2, hyperparameters: pipeline.train.hyperparameters }
  const env = { ...process.env, PYTHONPATH: sklearn, OMP_NUM_THREADS: '1' }
  const script = [join(import.meta.dirname, 'auc.py'), JSON.stringify(settings), ...files]
  return measured.parse(JSON.parse(execFileSync('python3', script, { encoding: 'utf8', env })))
}
