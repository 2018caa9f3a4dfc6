import { perPlatform } from '../../core/per-platform.ts'
import { serviceMetrics } from '../../core/service-metrics.ts'
import { countsOf } from './counts.ts'
import { queuesOf } from './queues.ts'

const everyMs = 60_000

/**
 * Puts how many messages each queue holds, every minute at AWS's pace, from its first message until a minute has found
 * it empty.
 */
export const queueMetrics = perPlatform((platform) => {
  const { clock } = platform
  const active = new Set<string>()
  const closing = new AbortController()
  platform.onClose(() => closing.abort())

  const measure = (name: string) => {
    const queue = queuesOf(platform).get(name)
    const { visible, inFlight, delayed } = queue ? countsOf(platform, queue) : { visible: 0, inFlight: 0, delayed: 0 }
    if (!queue || visible + inFlight + delayed === 0) active.delete(name)
    const Dimensions = [{ Name: 'QueueName', Value: name }]
    const values = { Visible: visible, NotVisible: inFlight, Delayed: delayed }
    const data = Object.entries(values).map(([state, Value]) => ({
      MetricName: `ApproximateNumberOfMessages${state}`,
      Dimensions,
      Value,
      Unit: 'Count' as const,
    }))
    serviceMetrics(platform, 'sqs', 'AWS/SQS', data)
  }

  const watch = async () => {
    while (active.size > 0) {
      await clock.sleep(clock.pace(everyMs), closing.signal)
      for (const name of active) {
        try {
          measure(name)
        } catch (error) {
          platform.log('sqs', 'a queue could not be measured', { level: 'error', queue: name, error: String(error) })
        }
      }
    }
  }

  return {
    /** Called for every message that a queue gets. */
    holds: (name: string) => {
      const isAwake = active.size > 0
      active.add(name)
      if (isAwake || closing.signal.aborted) return
      watch().catch(() => undefined) // the platform closes
    },
    /** Queues that an earlier run left with messages are measured again. */
    restore() {
      for (const { key, value } of queuesOf(platform).list()) {
        const { visible, inFlight, delayed } = countsOf(platform, value)
        if (visible + inFlight + delayed > 0) this.holds(key)
      }
    },
  }
})
