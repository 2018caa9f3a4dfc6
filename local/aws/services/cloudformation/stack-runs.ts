import type { Principal } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { Deployment, ResourceFailure } from './deployment.ts'
import { setStatus } from './events.ts'
import type { Stack } from './stacks.ts'
import { resourcesOf, stacks } from './stacks.ts'
import { readTemplate } from './template.ts'

interface Run {
  readonly platform: Platform
  readonly principal: Principal
  /** The stack with the template and parameters to reach. */
  readonly stack: Stack
}

const failureOf = (error: unknown): ResourceFailure => {
  if (error instanceof ResourceFailure) return error
  throw error
}

/** Makes the resources of a new stack, or takes everything back. */
const create = async ({ platform, principal, stack }: Run, disableRollback: boolean): Promise<void> => {
  const template = readTemplate(stack.template)
  const deployment = new Deployment(platform, principal, stack)
  try {
    await deployment.apply(template)
    setStatus(platform, { ...stack, outputs: deployment.outputs(template) }, 'CREATE_COMPLETE')
  } catch (error) {
    const { logicalId } = failureOf(error)
    const reason = `The following resource(s) failed to create: [${logicalId}].`
    if (disableRollback) {
      setStatus(platform, stack, 'CREATE_FAILED', reason)
      return
    }
    setStatus(platform, stack, 'ROLLBACK_IN_PROGRESS', `${reason} Rollback requested by user.`)
    try {
      await deployment.rollBack()
      setStatus(platform, stack, 'ROLLBACK_COMPLETE')
    } catch (second) {
      setStatus(platform, stack, 'ROLLBACK_FAILED', failureOf(second).message)
    }
  }
}

/** Brings a stack to its new template, or back to the one before. */
const update = async ({ platform, principal, stack }: Run, before: Stack, disableRollback: boolean): Promise<void> => {
  const template = readTemplate(stack.template)
  const deployment = new Deployment(platform, principal, stack)
  try {
    await deployment.apply(template)
    const done = { ...stack, outputs: deployment.outputs(template), updated: platform.clock.now() }
    setStatus(platform, done, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
    await deployment.cleanUp(template)
    setStatus(platform, done, 'UPDATE_COMPLETE')
  } catch (error) {
    const { logicalId } = failureOf(error)
    const reason = `The following resource(s) failed to update: [${logicalId}].`
    if (disableRollback) {
      setStatus(platform, stack, 'UPDATE_FAILED', reason)
      return
    }
    setStatus(platform, before, 'UPDATE_ROLLBACK_IN_PROGRESS', reason)
    try {
      await deployment.rollBack()
      setStatus(platform, before, 'UPDATE_ROLLBACK_COMPLETE')
    } catch (second) {
      setStatus(platform, before, 'UPDATE_ROLLBACK_FAILED', failureOf(second).message)
    }
  }
}

const remove = async ({ platform, principal, stack }: Run): Promise<void> => {
  try {
    await new Deployment(platform, principal, stack).removeAll(resourcesOf(platform, stack))
    setStatus(platform, { ...stack, deleted: platform.clock.now() }, 'DELETE_COMPLETE')
  } catch (error) {
    const { logicalId } = failureOf(error)
    setStatus(platform, stack, 'DELETE_FAILED', `The following resource(s) failed to delete: [${logicalId}]. `)
  }
}

const running = new WeakMap<Platform, Set<Promise<void>>>()

/** Runs on after the caller has been answered; the platform waits for it at its end. */
const inBackground = (platform: Platform, stack: Stack, work: Promise<void>): void => {
  let all = running.get(platform)
  if (!all) {
    const made = new Set<Promise<void>>()
    platform.onClose(() => Promise.all(made).then(() => {}))
    running.set(platform, made)
    all = made
  }
  const one: Promise<void> = work
    .catch((error: unknown) => {
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
      platform.log('cloudformation', 'a stack operation broke', { level: 'error', stack: stack.name, cause })
      const { status } = stacks(platform).get(stack.id) ?? stack
      setStatus(platform, stack, status.replace(/_IN_PROGRESS$/, '_FAILED'), `Internal failure: ${String(error)}`)
    })
    .finally(() => all.delete(one))
  all.add(one)
}

export const startCreate = (run: Run, disableRollback = false): void => {
  const stack = setStatus(run.platform, run.stack, 'CREATE_IN_PROGRESS', 'User Initiated')
  inBackground(run.platform, stack, create({ ...run, stack }, disableRollback))
}

export const startUpdate = (run: Run, before: Stack, disableRollback = false): void => {
  const stack = setStatus(run.platform, run.stack, 'UPDATE_IN_PROGRESS', 'User Initiated')
  inBackground(run.platform, stack, update({ ...run, stack }, before, disableRollback))
}

export const startDelete = (run: Run): void => {
  const stack = setStatus(run.platform, run.stack, 'DELETE_IN_PROGRESS', 'User Initiated')
  inBackground(run.platform, stack, remove({ ...run, stack }))
}

/** A platform that ended in the middle of an operation leaves it failed; the next update goes on from there. */
export const failInterrupted = (platform: Platform): void => {
  for (const { value } of stacks(platform).list()) {
    if (!value.status.endsWith('_IN_PROGRESS') || value.status === 'REVIEW_IN_PROGRESS') continue
    const status = value.status.startsWith('DELETE')
      ? 'DELETE_FAILED'
      : value.status.startsWith('CREATE')
        ? 'CREATE_FAILED'
        : 'UPDATE_FAILED'
    setStatus(platform, value, status, 'The platform ended in the middle of the operation.')
  }
}
