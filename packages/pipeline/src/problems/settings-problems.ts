import { durationMs, isDuration } from '../duration.ts'
import type { Declared } from '../pipeline.ts'
import type { TrainSettings } from '../settings.ts'
import type { Report } from './report.ts'
import { approve, deploy, evaluate, monitor, train } from './settings-checks.ts'

const trainProblems = (report: Report, { history, holdout, tune, hyperparameters }: TrainSettings) => {
  const { validation, test } = holdout
  if ([history, validation, test].every(isDuration)) {
    const rest = durationMs(history) - durationMs(validation) - durationMs(test)
    report.expect(rest > 0, 'train.history', 'must be longer than train.holdout')
  }
  if (!tune) return
  report.expect(tune.parallel <= tune.jobs, 'train.tune.parallel', `must not be above jobs (${tune.jobs})`)
  for (const [name, range] of Object.entries(tune.space)) {
    const path = `train.tune.space.${name}`
    report.expect(Object.hasOwn(hyperparameters, name), path, 'there is no such hyperparameter')
    if (!range) continue
    report.expect(range.min < range.max, path, `${range.min} is not below ${range.max}`)
    report.expect(range.scale === 'linear' || range.min > 0, path, 'a log scale starts above 0')
  }
}

const parts = new Set(['train', 'evaluate', 'approve', 'deploy', 'monitor'])

/** What is wrong with how a pipeline is trained, judged, deployed and watched; slices are by some of `names`. */
export const settingsProblems = (
  report: Report,
  settings: Omit<Declared, 'view'>,
  names?: ReadonlySet<string>,
): void => {
  for (const name of Object.keys(settings)) {
    report.expect(parts.has(name), name, `is not known: there is view, ${[...parts].join(', ')}`)
  }
  if (train(report, settings.train, 'train')) trainProblems(report, settings.train)
  if (evaluate(report, settings.evaluate, 'evaluate')) {
    for (const name of settings.evaluate.slices?.by ?? []) {
      report.expect(names?.has(name) ?? true, 'evaluate.slices.by', `there is no ${name}`)
    }
  }
  approve(report, settings.approve, 'approve')
  if (deploy(report, settings.deploy, 'deploy')) {
    const { count, canary } = settings.deploy
    const fewest = typeof count === 'number' ? count : Math.min(count.dev, count.prod)
    report.expect(canary.count <= fewest, 'deploy.canary.count', `must not be above count (${fewest})`)
  }
  monitor(report, settings.monitor, 'monitor')
}
