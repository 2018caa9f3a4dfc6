import * as z from 'zod'
import type { Stack } from '../stack.ts'
import type { Executions } from './executions.ts'
import type { Say } from './progress.ts'

/** Watches the deployment that the model package's approval has set off. */
export const deployment = async (
  modelPackageArn: string,
  { stack, executions, say, signal }: { stack: Stack; executions: Executions; say: Say; signal: AbortSignal },
): Promise<void> => {
  const approved = z.object({ detail: z.object({ ModelPackageArn: z.literal(modelPackageArn) }) })
  const arn = await executions.find(stack.deployMachine, (input) => approved.safeParse(input).success, signal)
  await executions.follow('deploy-model', arn, { say, signal })
}
