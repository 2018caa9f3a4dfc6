import type { AnyPipeline } from '../pipeline.ts'
import { groupProblems } from './group-problems.ts'
import type { Problem } from './invalid-pipeline.ts'
import { Report } from './report.ts'
import { settingsProblems } from './settings-problems.ts'
import { viewProblems } from './view-problems.ts'
import { windowProblems } from './window-problems.ts'

/** Everything that is wrong with a pipeline, also what the types would have said. */
export const problemsOf = (pipeline: AnyPipeline): Problem[] => {
  const report = new Report()
  const prefix = `${pipeline.name}_`
  groupProblems(report, pipeline.spine, prefix)
  for (const group of pipeline.windows) windowProblems(report, group, prefix)
  viewProblems(report, pipeline.view)
  settingsProblems(report, pipeline)
  return report.problems
}
