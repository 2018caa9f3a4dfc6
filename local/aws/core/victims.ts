import * as z from 'zod'
import { perPlatform } from './per-platform.ts'
import type { Platform } from './platform.ts'

/** Which process is to die, of what, and when; without a moment, at once or as soon as it is there. */
export const killOrder = z.strictObject({
  kind: z.enum(['lambda', 'training-job', 'transform-job', 'processing-job', 'endpoint']),
  /** The function's, job's or endpoint's; any of the kind if absent. */
  name: z.string().optional(),
  /** `process`: SIGKILL, as when memory runs out. `instance`: the machine below a training or processing job goes, as spot capacity does. */
  end: z.enum(['process', 'instance']).default('process'),
  /** Milliseconds after it started, or after the order if it has started. */
  afterMs: z.number().nonnegative().optional(),
  /** A regular expression: the first line of its output that fits. */
  line: z.string().optional(),
  times: z.int().positive().default(1),
})
export type KillOrder = z.infer<typeof killOrder>

/** A process that can be made to die. */
export interface Victim {
  readonly kind: KillOrder['kind']
  readonly name: string
  /** Whose calls are its calls: the ARN of its role's session. */
  readonly caller: string
  readonly kill: (end: KillOrder['end']) => void
}

/** What a victim tells while it lives. */
export interface Life {
  readonly line: (text: string) => void
  readonly leave: () => void
}

/** The processes of a platform that can be killed on request, and the orders that wait for their moment. */
export const victims = perPlatform(({ clock, log }: Platform) => {
  const present = new Set<Victim>()
  let orders: readonly { readonly order: KillOrder; left: number }[] = []
  type Waiting = (typeof orders)[number]

  const carryOut = (waiting: Waiting, victim: Victim) => {
    if (waiting.left === 0 || !orders.includes(waiting) || !present.has(victim)) return
    waiting.left -= 1
    if (waiting.left === 0) orders = orders.filter((other) => other !== waiting)
    log('faults', 'killed', { kind: victim.kind, name: victim.name, end: waiting.order.end })
    victim.kill(waiting.order.end)
  }
  const meant = ({ kind, name }: KillOrder, victim: Victim) =>
    kind === victim.kind && (name === undefined || name === victim.name)
  const apply = (waiting: Waiting, victim: Victim) => {
    const { order } = waiting
    if (!meant(order, victim) || order.line !== undefined) return
    if (order.afterMs === undefined) carryOut(waiting, victim)
    else void clock.sleep(order.afterMs).then(() => carryOut(waiting, victim))
  }

  return {
    orders: () => orders.map(({ order, left }) => ({ ...order, times: left })),
    order: (order: KillOrder) => {
      const waiting = { order, left: order.times }
      orders = [...orders, waiting]
      for (const victim of present) apply(waiting, victim)
    },
    /** Ends the processes that call in a session's name: all sandboxes of a function are one caller. */
    killCaller: (arn: string) => {
      for (const victim of present) if (victim.caller === arn) victim.kill('process')
    },
    forget: () => {
      orders = []
    },
    enter: (victim: Victim): Life => {
      present.add(victim)
      for (const waiting of orders) apply(waiting, victim)
      return {
        line: (text) => {
          for (const waiting of orders) {
            const { line } = waiting.order
            if (line !== undefined && meant(waiting.order, victim) && new RegExp(line).test(text))
              carryOut(waiting, victim)
          }
        },
        leave: () => void present.delete(victim),
      }
    },
  }
})
