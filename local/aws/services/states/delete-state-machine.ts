import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { executionData, executions } from './executions/execution.ts'
import { forgetHistory } from './executions/history.ts'
import { runningExecutions } from './executions/running-executions.ts'
import { stateMachines } from './machines/state-machine.ts'
import { forgetTags } from './machines/tags.ts'
import { mapRunChildren, mapRuns } from './map-runs/map-run.ts'
import { arnInput, machineNameOf } from './names.ts'

/** Stops what runs and forgets the machine with its executions and Map Runs; a machine that is not there is deleted too. */
export default defineOperation({
  service: 'states',
  name: 'DeleteStateMachine',
  input: z.strictObject({ stateMachineArn: arnInput }),
  needs: ({ stateMachineArn }) => [{ action: 'states:DeleteStateMachine', resource: stateMachineArn }],
  run: async ({ stateMachineArn }, { platform }) => {
    const name = machineNameOf(stateMachineArn)
    stateMachines(platform).delete(name)
    forgetTags(platform, stateMachineArn)
    const children = executions(platform).list({ prefix: `${name}/` })
    const all = [...executions(platform).list({ prefix: `${name}:` }), ...children]
    const runs = mapRuns(platform).list({ prefix: `${name}/` })
    await Promise.all(all.map(({ key }) => runningExecutions(platform).stop(key, {})))
    platform.store.transaction(() => {
      for (const { key } of runs) {
        mapRuns(platform).delete(key)
        mapRunChildren(platform).delete(key)
      }
      for (const { key } of all) {
        forgetHistory(platform, key)
        executionData(platform).delete(key)
        executions(platform).delete(key)
      }
    })
    return {}
  },
})
