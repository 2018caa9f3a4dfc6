import { payload } from '../history.ts'
import type { Json } from '../json.ts'

/** How a resource's work appears in the history. */
export interface TaskEvents {
  /** `TaskScheduled`, `LambdaFunctionScheduled`, `ActivityScheduled`: all begin like this. */
  readonly prefix: 'Task' | 'LambdaFunction' | 'Activity'
  /** What AWS names in an error about the result. */
  readonly source: string
  readonly scheduled: (input: Json, region: string) => Record<string, unknown>
  /** Members that every later event repeats. */
  readonly common: Record<string, unknown>
}

const integration = /^arn:aws[^:]*:states:[^:]*:[^:]*:((?:aws-sdk:)?[^:]+):(.+)$/

/** The kind of history that a Task's resource writes: service integration, function, activity. */
export const taskEvents = (resource: string): TaskEvents => {
  if (/^arn:aws[^:]*:lambda:/.test(resource)) {
    const scheduled = (input: Json) => ({ resource, ...payload('input', input) })
    return { prefix: 'LambdaFunction', source: resource, scheduled, common: {} }
  }
  const [, resourceType = '', name = resource] = integration.exec(resource) ?? []
  if (resourceType === 'activity') {
    const scheduled = (input: Json) => ({ resource, ...payload('input', input) })
    return { prefix: 'Activity', source: resource, scheduled, common: {} }
  }
  const common = { resourceType, resource: name }
  return {
    prefix: 'Task',
    source: resourceType,
    scheduled: (parameters, region) => ({ ...common, region, ...payload('parameters', parameters) }),
    common,
  }
}
