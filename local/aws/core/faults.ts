import type { Clock } from './clock.ts'
import { AwsError } from './errors.ts'
import type { FaultRule } from './fault-rule.ts'
import { seededRandom } from './seeded-random.ts'
import { throttled } from './throttled.ts'

/** The connection is to be broken without a reply. */
export class Disconnect extends Error {
  override readonly name = 'Disconnect'
}

/** A call, as far as rules tell calls apart. */
export interface FaultyCall {
  readonly service: string
  readonly operation: string
  readonly detailType?: string
  readonly input?: unknown
  /** Ends the process that calls. */
  readonly killCaller?: () => void
}

/** The faults that are on. */
export interface Faults {
  readonly rules: () => readonly FaultRule[]
  readonly add: (rule: FaultRule) => void
  readonly clear: () => void
  /** Runs a call under the first rule that hits it, if any. */
  readonly around: <O>(call: FaultyCall, run: () => O | Promise<O>) => O | Promise<O>
}

/** A rule at work. */
interface Active {
  rule: FaultRule
  readonly random: () => number
}

const fits = ({ service, operation, detailType, input }: FaultRule, call: FaultyCall) =>
  (service ?? call.service) === call.service &&
  (operation ?? call.operation) === call.operation &&
  (detailType ?? call.detailType) === call.detailType &&
  (input === undefined || JSON.stringify(call.input ?? null).includes(input))

export const createFaults = (clock: Clock): Faults => {
  let active: Active[] = []
  /** Calls that wait until another one of their kind has run. */
  const waiting = new Set<{ readonly rule: FaultRule; readonly letGo: () => void }>()

  /** The rule that hits a call; what it counts is counted. */
  const take = (call: FaultyCall) => {
    for (const entry of active) {
      const { skip, times, probability, ...rest } = entry.rule
      if (!fits(entry.rule, call)) continue
      if (skip !== undefined) {
        entry.rule = { ...rest, times, probability, ...(skip > 1 && { skip: skip - 1 }) }
        continue
      }
      if (probability !== undefined && entry.random() >= probability) continue
      if (times === 1) active = active.filter((other) => other !== entry)
      else if (times !== undefined) entry.rule = { ...entry.rule, times: times - 1 }
      return entry.rule
    }
    return undefined
  }

  const overtaken = async (rule: FaultRule, withinMs: number) => {
    const passed = new AbortController()
    const place = { rule, letGo: () => passed.abort() }
    waiting.add(place)
    await clock.sleep(withinMs, passed.signal).catch(() => {})
    waiting.delete(place)
  }

  const under = async <O>(rule: FaultRule, call: FaultyCall, run: () => O | Promise<O>): Promise<O> => {
    if (rule.delayMs) await clock.sleep(rule.delayMs)
    if (rule.throttle) throw throttled(call.service)
    if (rule.error) throw new AwsError(rule.error.code, rule.error.message, { status: rule.error.status })
    if (rule.kill === 'before') call.killCaller?.()
    if (rule.disconnect === 'before' || rule.kill === 'before') throw new Disconnect()
    if (rule.overtakenWithinMs !== undefined) await overtaken(rule, rule.overtakenWithinMs)
    const output = await run()
    if (rule.twice) await Promise.resolve(run()).catch(() => {}) // the second of the two is refused, or done again
    if (rule.kill === 'after') call.killCaller?.()
    if (rule.disconnect === 'after' || rule.kill === 'after') throw new Disconnect()
    return output
  }

  return {
    rules: () => active.map(({ rule }) => rule),
    add: (rule) => void active.push({ rule, random: seededRandom(rule.seed ?? 0) }),
    clear: () => {
      active = []
      for (const { letGo } of waiting) letGo()
    },
    around: (call, run) => {
      const slow = [...waiting].find(({ rule }) => fits(rule, call))
      if (slow) return Promise.resolve(run()).finally(slow.letGo)
      const rule = active.length === 0 ? undefined : take(call)
      return rule === undefined ? run() : under(rule, call, run)
    },
  }
}
