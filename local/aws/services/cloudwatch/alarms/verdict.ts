import type { AlarmRequest } from './alarm-request.ts'
import type { AlarmState } from './alarm.ts'

type Rule = Pick<AlarmRequest, 'EvaluationPeriods' | 'DatapointsToAlarm' | 'TreatMissingData'>

/**
 * The state that data points give, newest first; undefined points are missing. Missing points count only where too few
 * of the evaluation range are there (CloudWatch's guide, "Configuring how alarms treat missing data").
 */
export const verdict = (
  { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, TreatMissingData }: Rule,
  breaches: readonly (boolean | undefined)[],
): AlarmState | 'unchanged' => {
  const real = breaches.filter((each) => each !== undefined).slice(0, EvaluationPeriods)
  const missing = EvaluationPeriods - real.length
  const breaching = real.filter(Boolean).length
  if (real.length === 0) {
    const all = { breaching: 'ALARM', notBreaching: 'OK', ignore: 'unchanged', missing: 'INSUFFICIENT_DATA' } as const
    return all[TreatMissingData]
  }
  if (breaching >= DatapointsToAlarm) return 'ALARM'
  if (missing === 0 || TreatMissingData === 'notBreaching') return 'OK'
  if (TreatMissingData === 'breaching') return breaching + missing >= DatapointsToAlarm ? 'ALARM' : 'OK'
  if (breaching < Math.min(DatapointsToAlarm, real.length)) return 'OK'
  return TreatMissingData === 'missing' ? 'ALARM' : 'unchanged'
}
