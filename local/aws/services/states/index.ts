import type { Operation } from '../../core/operation.ts'
import createActivity from './create-activity.ts'
import createStateMachine from './create-state-machine.ts'
import deleteActivity from './delete-activity.ts'
import deleteStateMachine from './delete-state-machine.ts'
import describeActivity from './describe-activity.ts'
import describeExecution from './describe-execution.ts'
import describeStateMachineForExecution from './describe-state-machine-for-execution.ts'
import describeStateMachine from './describe-state-machine.ts'
import getActivityTask from './get-activity-task.ts'
import getExecutionHistory from './get-execution-history.ts'
import listActivities from './list-activities.ts'
import listExecutions from './list-executions.ts'
import listStateMachines from './list-state-machines.ts'
import listTagsForResource from './list-tags-for-resource.ts'
import sendTaskFailure from './send-task-failure.ts'
import sendTaskHeartbeat from './send-task-heartbeat.ts'
import sendTaskSuccess from './send-task-success.ts'
import startExecution from './start-execution.ts'
import stopExecution from './stop-execution.ts'
import tagResource from './tag-resource.ts'
import untagResource from './untag-resource.ts'
import updateStateMachine from './update-state-machine.ts'
import validateStateMachineDefinition from './validate-state-machine-definition.ts'

export { start } from './start.ts'

export const operations: Operation[] = [
  createActivity,
  createStateMachine,
  deleteActivity,
  deleteStateMachine,
  describeActivity,
  describeExecution,
  describeStateMachine,
  describeStateMachineForExecution,
  getActivityTask,
  getExecutionHistory,
  listActivities,
  listExecutions,
  listStateMachines,
  listTagsForResource,
  sendTaskFailure,
  sendTaskHeartbeat,
  sendTaskSuccess,
  startExecution,
  stopExecution,
  tagResource,
  untagResource,
  updateStateMachine,
  validateStateMachineDefinition,
]
