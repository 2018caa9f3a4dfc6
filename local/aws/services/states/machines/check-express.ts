import { distributedMaps, taskResources } from '@hopline/local-states'
import type { Problem } from '@hopline/local-states'

const standardOnly = /\.(waitForTaskToken|sync(:2)?)$|:activity:/

const problem = (message: string, location: string): Problem => ({
  severity: 'ERROR',
  code: 'SCHEMA_VALIDATION_FAILED',
  message,
  location,
})

/** What an Express machine cannot have: tasks that wait for something else than their answer, and Map Runs. */
export const expressProblems = (definition: unknown): Problem[] => [
  ...taskResources(definition)
    .filter(({ resource }) => standardOnly.test(resource))
    .map(({ resource, location }) => problem(`Express state machine does not support '${resource}'`, location)),
  ...distributedMaps(definition).map((location) =>
    problem('Express state machine does not support DISTRIBUTED mode', location),
  ),
]
