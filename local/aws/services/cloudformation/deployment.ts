import { isDeepStrictEqual } from 'node:util'
import type { Principal } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { dependenciesOf, dependencyOrder } from './dependency-order.ts'
import { recordEvent } from './events.ts'
import { resolve } from './resolve.ts'
import type { Made } from './resource-type.ts'
import { checkedProperties, existingOf, reasonOf, resourceContext, typeOf } from './resource-work.ts'
import type { Output, Stack, StackResource } from './stacks.ts'
import { forgetResource, keepResource, resourceOf, resourcesOf } from './stacks.ts'
import type { Template } from './template.ts'
import { templateScope, wantedResources } from './template-scope.ts'

/** A resource that could not be made, changed or removed. */
export class ResourceFailure extends Error {
  readonly logicalId: string
  constructor(logicalId: string, reason: string) {
    super(reason)
    this.name = 'ResourceFailure'
    this.logicalId = logicalId
  }
}

/** One run over a stack's resources: forward in the order of their needs, and back again when one of them fails. */
export class Deployment {
  readonly #platform: Platform
  readonly #principal: Principal
  readonly #stack: Stack
  /** What takes the changes of this run back, newest last. */
  readonly #undo: { logicalId: string; work: () => Promise<void> }[] = []
  /** Resources that were replaced: they go when all else is done. */
  readonly #replaced: StackResource[] = []

  constructor(platform: Platform, principal: Principal, stack: Stack) {
    this.#platform = platform
    this.#principal = principal
    this.#stack = stack
  }

  /** Makes or changes what the template wants. Throws ResourceFailure. */
  async apply(template: Template): Promise<void> {
    const scope = templateScope(this.#platform, this.#stack, template)
    const wanted = new Set(wantedResources(template, scope))
    const needs = new Map(
      Object.entries(template.Resources)
        .filter(([logicalId]) => wanted.has(logicalId))
        .map(([logicalId, resource]) => [logicalId, dependenciesOf(resource, template)]),
    )
    for (const logicalId of dependencyOrder(needs)) {
      const {
        Type,
        Properties,
        DeletionPolicy = 'Delete',
        UpdateReplacePolicy = 'Delete',
      } = template.Resources[logicalId] ?? {}
      const before = resourceOf(this.#platform, this.#stack, logicalId)
      const attempt = {
        logicalId,
        type: Type ?? '',
        status: before ? 'UPDATE' : 'CREATE',
        physicalId: before?.physicalId ?? '',
      }
      await this.#attempt(attempt, async () => {
        const type = typeOf(attempt.type)
        const properties = checkedProperties(type, resolve(Properties, scope))
        const kept = {
          logicalId,
          type: type.type,
          properties,
          needs: needs.get(logicalId) ?? [],
          deletionPolicy: DeletionPolicy,
          replacePolicy: UpdateReplacePolicy,
        }
        if (before?.type === type.type && isDeepStrictEqual(stored(before.properties), stored(properties))) {
          keepResource(this.#platform, this.#stack, { ...before, ...kept })
          return
        }
        await this.#change(kept, before)
      })
    }
  }

  /** Removes what the template no longer wants, and what was replaced. Failures are recorded and left behind. */
  async cleanUp(template: Template): Promise<void> {
    const wanted = new Set(wantedResources(template, templateScope(this.#platform, this.#stack, template)))
    const unwanted = resourcesOf(this.#platform, this.#stack).filter(({ logicalId }) => !wanted.has(logicalId))
    for (const old of this.#replaced) await this.#remove(old, old.replacePolicy).catch(() => {})
    await this.removeAll(unwanted).catch(() => {})
  }

  /** Takes back everything that `apply` did. */
  async rollBack(): Promise<void> {
    for (const { logicalId, work } of this.#undo.toReversed()) {
      try {
        await work()
      } catch (error) {
        throw new ResourceFailure(logicalId, reasonOf(error))
      }
    }
  }

  /** Removes resources, each before those that it needs. Throws ResourceFailure after having tried all. */
  async removeAll(gone: readonly StackResource[]): Promise<void> {
    const byId = new Map(gone.map((resource) => [resource.logicalId, resource]))
    const order = dependencyOrder(new Map(gone.map(({ logicalId, needs }) => [logicalId, needs]))).toReversed()
    const failures: ResourceFailure[] = []
    for (const logicalId of order) {
      const resource = byId.get(logicalId)
      if (!resource) continue
      try {
        await this.#remove(resource, resource.deletionPolicy)
        forgetResource(this.#platform, this.#stack, logicalId)
      } catch (error) {
        if (!(error instanceof ResourceFailure)) throw error
        failures.push(error)
      }
    }
    if (failures.length > 0) {
      throw new ResourceFailure(failures.map((one) => one.logicalId).join(', '), failures[0]?.message ?? '')
    }
  }

  outputs(template: Template): Output[] {
    const scope = templateScope(this.#platform, this.#stack, template)
    return Object.entries(template.Outputs ?? {})
      .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
      .map(([OutputKey, { Value, Description, Export }]) => ({
        OutputKey,
        OutputValue: String(resolve(Value, scope)),
        ...(Description !== undefined && { Description }),
        ...(Export && { ExportName: String(resolve(Export.Name, scope)) }),
      }))
  }

  async #change(
    wanted: Omit<StackResource, 'physicalId' | 'attributes' | 'status' | 'time'>,
    before: StackResource | undefined,
  ) {
    const { logicalId } = wanted
    const type = typeOf(wanted.type)
    const context = resourceContext(this.#platform, this.#principal, this.#stack, logicalId)
    const lasting =
      before?.type === type.type &&
      type.replacedBy.every((name) =>
        isDeepStrictEqual(stored(before.properties[name]), stored(wanted.properties[name])),
      )
    this.#record(
      { ...wanted, physicalId: before?.physicalId ?? '' },
      before ? 'UPDATE_IN_PROGRESS' : 'CREATE_IN_PROGRESS',
    )

    const keep = (made: Made) => {
      const status = before ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE'
      const now: StackResource = { ...wanted, ...made, status, time: this.#platform.clock.now() }
      keepResource(this.#platform, this.#stack, now)
      this.#record(now, status)
      return now
    }

    const { update } = type
    if (lasting && update) {
      this.#undo.push({
        logicalId,
        work: async () => {
          await update(before.properties, { ...existingOf(before), properties: wanted.properties }, context)
          keepResource(this.#platform, this.#stack, before)
          this.#record(before, 'UPDATE_COMPLETE')
        },
      })
      keep(await update(wanted.properties, existingOf(before), context))
      return
    }
    const now = keep(await type.create(wanted.properties, context))
    this.#undo.push({
      logicalId,
      work: async () => {
        await this.#remove(now, now.deletionPolicy === 'RetainExceptOnCreate' ? 'Delete' : now.deletionPolicy)
        if (before) keepResource(this.#platform, this.#stack, before)
        else forgetResource(this.#platform, this.#stack, logicalId)
      },
    })
    if (before) this.#replaced.push(before)
  }

  async #remove(resource: StackResource, policy: string): Promise<void> {
    const { logicalId, type, physicalId } = resource
    if (policy === 'Retain' || policy === 'RetainExceptOnCreate') {
      this.#record(resource, 'DELETE_SKIPPED')
      return
    }
    await this.#attempt({ logicalId, type, physicalId, status: 'DELETE' }, async () => {
      this.#record(resource, 'DELETE_IN_PROGRESS')
      const context = resourceContext(this.#platform, this.#principal, this.#stack, logicalId)
      await typeOf(type).delete(existingOf(resource), context)
      this.#record(resource, 'DELETE_COMPLETE')
    })
  }

  async #attempt(
    { logicalId, status, ...resource }: { logicalId: string; type: string; physicalId: string; status: string },
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work()
    } catch (error) {
      const reason = reasonOf(error)
      this.#record({ logicalId, ...resource }, `${status}_FAILED`, reason)
      throw new ResourceFailure(logicalId, reason)
    }
  }

  #record(
    { logicalId, type, physicalId }: { logicalId: string; type: string; physicalId: string },
    status: string,
    reason?: string,
  ) {
    recordEvent(this.#platform, this.#stack, {
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      ResourceStatus: status,
      reason,
    })
  }
}

/** As the store gives it back: without undefined members. */
const stored = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown)
