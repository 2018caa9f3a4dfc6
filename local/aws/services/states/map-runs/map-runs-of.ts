import { randomBytes, randomUUID } from 'node:crypto'
import { StateError } from '@hopline/local-states'
import type { MapRun, MapRunPlan, MapRuns } from '@hopline/local-states'
import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'
import type { StateMachineRecord } from '../machines/state-machine.ts'
import { machineArn, mapRunArn } from '../names.ts'
import { runChild } from './child-execution.ts'
import { childResult } from './child-result.ts'
import { mapRun, mapRunChildren, mapRuns } from './map-run.ts'
import type { MapRunRecord } from './map-run.ts'
import { readItems } from './read-items.ts'
import { writeResults } from './write-results.ts'

/** The execution whose Map it is. */
interface Parent {
  readonly arn: string
  readonly machine: StateMachineRecord
}

/** The machine of the children: `machine/label`, with the Map's processor as definition. */
const childMachine = (
  platform: Platform,
  { machine }: Parent,
  { label, graph: { StartAt, States } }: MapRunPlan,
): StateMachineRecord => {
  const { QueryLanguage }: { QueryLanguage?: string } = JSON.parse(machine.definition)
  const name = `${machine.name.replace(/\/.*/, '')}/${label}`
  return {
    ...machine,
    name,
    arn: machineArn(platform, name),
    definition: JSON.stringify({ ...(QueryLanguage && { QueryLanguage }), StartAt, States }),
  }
}

/** The Map Runs of one execution, each with its children stored as executions of their own. */
export const mapRunsOf = (platform: Platform, execution: Parent): MapRuns => {
  const principal = roleSession(execution.machine.roleArn, randomBytes(16).toString('hex'))
  const put = (record: MapRunRecord) => mapRuns(platform).put(record.key, record)

  const open = (record: MapRunRecord, plan: MapRunPlan): MapRun => {
    const machine = childMachine(platform, execution, plan)
    const { arn, key, redriveCount } = record
    const children = () => mapRunChildren(platform).get(key)
    put(record)
    return {
      arn,
      redriveCount,
      batches: children(),
      read: (reader) => readItems(platform, principal, reader),
      begin: (batches) =>
        mapRunChildren(platform).put(
          key,
          batches.map((batch) => ({ ...batch, name: randomUUID() })),
        ),
      child: async (index, signal) => {
        const child = children()?.[index]
        if (!child) throw new Error(`the Map Run has no child ${index}`)
        return runChild(platform, record, plan, machine, child, signal)
      },
      write: (writer) => {
        const results = (children() ?? []).map((child) => childResult(platform, machine, child))
        return writeResults(platform, principal, record, results, writer)
      },
      end: (status) => put({ ...record, status, stoppedAt: platform.clock.now() }),
    }
  }

  const demand = (action: string) => {
    const resource = machineArn(platform, execution.machine.name.replace(/\/.*/, ''))
    if (platform.authority.ask(principal, { action, resource }).effect === 'allow') return
    const problem = `${execution.machine.roleArn} is not authorized to perform: ${action} on resource: ${resource}`
    throw new StateError('States.Permissions', problem)
  }

  return {
    start: (plan) => {
      demand('states:StartExecution')
      const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = plan
      const { name, arn } = childMachine(platform, execution, plan)
      const id = randomUUID()
      const record: MapRunRecord = {
        key: `${name}:${id}`,
        arn: mapRunArn(platform, name, id),
        id,
        executionArn: execution.arn,
        machineArn: arn,
        status: 'RUNNING',
        startedAt: platform.clock.now(),
        maxConcurrency,
        toleratedFailureCount,
        toleratedFailurePercentage,
        redriveCount: 0,
      }
      return open(record, plan)
    },
    redrive: (arn, plan) => {
      demand('states:RedriveExecution')
      const { stoppedAt: _, ...before } = mapRun(platform, arn)
      const redriveCount = before.redriveCount + 1
      return open({ ...before, status: 'RUNNING', redriveCount, redrivenAt: platform.clock.now() }, plan)
    },
  }
}
