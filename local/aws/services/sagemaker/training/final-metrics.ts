import type { TrainingJobRequest } from './request.ts'
import type { FinalMetric } from './training-job.ts'

type Definitions = NonNullable<TrainingJobRequest['AlgorithmSpecification']['MetricDefinitions']>

/** Reads metrics out of a job's output and tells each; the last value of each one counts. */
export const metricReader = (definitions: Definitions = [], onMetric: (metric: FinalMetric) => void = () => {}) => {
  const patterns = definitions.map(({ Name, Regex }) => ({ name: Name, regex: new RegExp(Regex, 'g') }))
  const last = new Map<string, FinalMetric>()
  return {
    read(line: string, now: number) {
      for (const { name, regex } of patterns) {
        for (const [, text = ''] of line.matchAll(regex)) {
          const Value = Number.parseFloat(text)
          if (!Number.isFinite(Value)) continue
          const metric = { MetricName: name, Value, Timestamp: now }
          last.set(name, metric)
          onMetric(metric)
        }
      }
    },
    /** None at all if no pattern ever matched. */
    final: () => (last.size === 0 ? undefined : [...last.values()]),
  }
}
