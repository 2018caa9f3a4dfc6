import { durationMs, isDuration } from '../duration.ts'
import type { AnyPipeline } from '../pipeline.ts'
import type { Report } from './report.ts'

const durations = ({ train, deploy, monitor }: AnyPipeline) => ({
  'train.timeout': train.timeout,
  'train.history': train.history,
  'train.holdout.validation': train.holdout.validation,
  'train.holdout.test': train.holdout.test,
  'deploy.canary.bake': deploy.canary.bake,
  'monitor.every': monitor.every,
  'monitor.labelsAfter': monitor.labelsAfter,
  'monitor.retrain.atMostEvery': monitor.retrain.atMostEvery,
})

const tuning = (report: Report, { tune, hyperparameters }: AnyPipeline['train']) => {
  if (!tune) return
  report.expect(
    tune.parallel >= 1 && tune.parallel <= tune.jobs,
    'train.tune.parallel',
    `must be from 1 to jobs (${tune.jobs})`,
  )
  for (const [name, range] of Object.entries(tune.space)) {
    const path = `train.tune.space.${name}`
    report.expect(Object.hasOwn(hyperparameters, name), path, 'there is no such hyperparameter')
    if (!range) continue
    report.expect(range.min < range.max, path, `${range.min} is not below ${range.max}`)
    report.expect(range.scale === 'linear' || range.min > 0, path, 'a log scale starts above 0')
  }
}

/** What is wrong with how a pipeline is trained, judged, deployed and watched. */
export const settingsProblems = (report: Report, pipeline: AnyPipeline): void => {
  const { train, evaluate, view, spine } = pipeline
  for (const [path, duration] of Object.entries(durations(pipeline))) {
    report.expect(isDuration(duration), path, `'${duration}' is no duration`)
  }
  const { validation, test } = train.holdout
  if ([train.history, validation, test].every(isDuration)) {
    const rest = durationMs(train.history) - durationMs(validation) - durationMs(test)
    report.expect(rest > 0, 'train.history', 'must be longer than train.holdout')
  }
  tuning(report, train)
  const joined = view.join.flatMap(({ name, features }) => Object.keys(features).map((feature) => `${name}_${feature}`))
  const names = new Set([...Object.keys(spine.columns), ...Object.keys(spine.features), ...joined])
  for (const name of evaluate.slices?.by ?? [])
    report.expect(names.has(name), 'evaluate.slices.by', `there is no ${name}`)
  const { confidence, margin } = evaluate.champion
  report.expect(confidence > 0.5 && confidence < 1, 'evaluate.champion.confidence', 'must be between 0.5 and 1')
  report.expect(margin >= 0, 'evaluate.champion.margin', 'must not be negative')
}
