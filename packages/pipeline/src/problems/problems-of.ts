import type { FeatureView } from '../feature-view.ts'
import type { Declared } from '../pipeline.ts'
import { hasFailed } from './attempted.ts'
import { isRecord } from './check.ts'
import { groupProblems } from './group-problems.ts'
import type { Problem } from './invalid-pipeline.ts'
import { Report } from './report.ts'
import { settingsProblems } from './settings-problems.ts'
import { isGroup, isView, viewProblems } from './view-problems.ts'
import { windowProblems } from './window-problems.ts'

/** What test rows can be sliced by. */
const namesIn = ({ spine, join }: FeatureView) =>
  new Set([
    ...Object.keys(spine.columns),
    ...Object.keys(spine.features),
    ...join.flatMap(({ name, features }) => Object.keys(features).map((feature) => `${name}_${feature}`)),
  ])

/** Everything that is wrong with a pipeline, also what the types would have said. */
export const problemsOf = ({ view, ...settings }: Declared): Problem[] => {
  const report = new Report()
  const given: Readonly<Record<string, unknown>> = isRecord(view) ? view : {}
  const isUsable = isView(report, view, typeof given['name'] === 'string' ? given['name'] : 'view')
  const prefix = `${String(given['name'])}_`
  if (isGroup(given['spine'])) groupProblems(report, given['spine'], prefix)
  // What reads features that could not be made would fail by no fault of its own.
  const isWhole = isUsable && !hasFailed(view.spine, 'features')
  if (isWhole) {
    for (const group of view.join) windowProblems(report, group, prefix)
    viewProblems(report, view)
  }
  settingsProblems(report, settings, isWhole ? namesIn(view) : undefined)
  return report.problems
}
