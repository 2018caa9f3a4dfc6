import * as z from 'zod'
import type { Clock } from './clock.ts'
import { AwsError } from './errors.ts'

/** One fault on request: which calls it hits, how often, and what it does to them. */
export const faultRule = z.strictObject({
  service: z.string().optional(),
  operation: z.string().optional(),
  times: z.int().positive().optional(),
  delayMs: z.number().nonnegative().optional(),
  error: z.strictObject({ code: z.string(), message: z.string().default(''), status: z.int().default(400) }).optional(),
  /** `before`: the connection breaks instead of the operation; `after`: the operation runs and its reply is lost. */
  disconnect: z.enum(['before', 'after']).optional(),
})
export type FaultRule = z.infer<typeof faultRule>

/** The connection is to be broken without a reply. */
export class Disconnect extends Error {
  override readonly name = 'Disconnect'
}

/** The faults that are on. */
export interface Faults {
  readonly rules: FaultRule[]
  /** Runs an operation under the first rule that fits it, if any. */
  around<O>(service: string, operation: string, run: () => O | Promise<O>): Promise<O>
}

export const createFaults = (clock: Clock): Faults => {
  const rules: FaultRule[] = []
  const take = (service: string, operation: string) => {
    const index = rules.findIndex(
      (rule) => (rule.service ?? service) === service && (rule.operation ?? operation) === operation,
    )
    const rule = rules[index]
    if (rule?.times !== undefined) {
      if (rule.times > 1) rules[index] = { ...rule, times: rule.times - 1 }
      else rules.splice(index, 1)
    }
    return rule
  }
  return {
    rules,
    around: async (service, operation, run) => {
      const rule = take(service, operation)
      if (!rule) return run()
      if (rule.delayMs) await clock.sleep(rule.delayMs)
      if (rule.error) throw new AwsError(rule.error.code, rule.error.message, { status: rule.error.status })
      if (rule.disconnect === 'before') throw new Disconnect()
      const output = await run()
      if (rule.disconnect === 'after') throw new Disconnect()
      return output
    },
  }
}
