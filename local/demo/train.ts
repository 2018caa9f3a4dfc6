import { createHash } from 'node:crypto'
import { StartExecutionCommand } from '@aws-sdk/client-sfn'
import * as z from 'zod'
import type { Stack } from '../stack.ts'
import type { Executions } from './executions.ts'
import type { Say } from './progress.ts'

const metrics = z.object({ auc: z.number(), brier: z.number(), calibration_error: z.number() })
const evaluation = z.object({
  modelPackageArn: z.string(),
  approval: z.string(),
  metrics,
  ablation: metrics.nullable(),
  evaluationUri: z.string(),
})
export type Evaluation = z.infer<typeof evaluation>

/** The name follows from the data: the same data find the training that they had, a failed one is tried again. */
const freeName = async (executions: Executions, machine: string, runIds: readonly string[]) => {
  const known = await executions.byName(machine)
  const base = `flight-delays-demo-${createHash('sha256').update(runIds.toSorted().join()).digest('hex').slice(0, 12)}`
  for (let attempt = 1; ; attempt += 1) {
    const name = attempt === 1 ? base : `${base}-${attempt}`
    const found = known.get(name)
    if (found === undefined || found.status === 'RUNNING' || found.status === 'SUCCEEDED') return { name, found }
  }
}

/** Starts train-model, with a second candidate that does without the online features, and watches it. */
export const train = async (
  runIds: readonly string[],
  { stack, executions, say, signal }: { stack: Stack; executions: Executions; say: Say; signal: AbortSignal },
): Promise<Evaluation> => {
  const { name, found } = await freeName(executions, stack.trainMachine, runIds)
  const input = JSON.stringify({ pipeline: 'flight_delays', ablation: true })
  const executionArn =
    found?.executionArn ??
    (await executions.client.send(new StartExecutionCommand({ stateMachineArn: stack.trainMachine, name, input })))
      .executionArn ??
    ''
  return evaluation.parse(await executions.follow('train-model', executionArn, { say, signal }))
}
