import type { Platform } from '../../../core/platform.ts'
import { perPlatform } from '../../../core/per-platform.ts'
import { closing } from '../closing.ts'
import { forgetTags } from '../tags.ts'
import { chance } from './chance.ts'
import type { Deployment } from './deployment.ts'
import { endpoint, endpoints, saveEndpoint, savePhase } from './endpoint.ts'
import type { Fleet } from './fleet.ts'
import { FleetNotHealthy, startFleet } from './fleet.ts'
import { RolledBack, rollOut } from './roll-out.ts'
import { takeBack } from './take-back.ts'

/** What answers for an endpoint: the fleet that serves, and during an update the new one with its share. */
interface Traffic {
  readonly fleet: Promise<Fleet>
  readonly next?: { readonly fleet: Fleet; readonly share: number }
}

const reasonOf = (error: unknown) =>
  error instanceof FleetNotHealthy || error instanceof RolledBack
    ? error.message
    : 'We encountered an internal error. Please try again.'

const end = async (fleet: Promise<Fleet> | undefined) => {
  const found = await fleet?.catch(() => undefined) // one that never came up is gone already
  await found?.stop()
}

const scalingMs = 60_000

const endpointFleets = (platform: Platform) => {
  const serving = new Map<string, Traffic>()
  const starting = new Set<Promise<Fleet>>()
  const shutdown = () => closing(platform).aborted

  const start = (name: string, deployment: Deployment) => {
    const fleet = startFleet(platform, name, deployment)
    starting.add(fleet)
    const settled = () => starting.delete(fleet)
    fleet.then(settled, settled)
    return fleet
  }
  platform.onClose(async () => {
    const all = [...serving.values()].flatMap(({ fleet, next }) => [
      fleet,
      ...(next ? [Promise.resolve(next.fleet)] : []),
    ])
    await Promise.all([...all, ...starting].map(end))
  })

  const inService = (name: string, fleet: Fleet, pending: Deployment) => {
    serving.set(name, { fleet: Promise.resolve(fleet) })
    const { failureReason: _, pending: __, ...known } = endpoint(platform, name)
    const { phase: ___, ...current } = pending
    saveEndpoint(platform, { ...known, status: 'InService', current })
  }

  /** Takes the traffic back from a new fleet, and ends it. */
  const rollBack = async (name: string, fleet: Fleet | undefined, error: unknown) => {
    const failureReason = reasonOf(error)
    const known = endpoint(platform, name)
    if (!known.current) return saveEndpoint(platform, { ...known, status: 'Failed', failureReason })
    const before = serving.get(name)
    saveEndpoint(platform, { ...known, status: 'RollingBack' })
    savePhase(platform, name, { Status: 'Deleting' })
    if (before?.next && known.pending) {
      const { next, ...former } = before
      try {
        await takeBack(platform, name, known.pending, {
          from: next.share,
          share: (share) => serving.set(name, { ...former, next: { ...next, share } }),
          signal: closing(platform),
        })
      } catch {
        if (shutdown()) return
        const mixedShare = serving.get(name)?.next?.share ?? next.share
        return saveEndpoint(platform, {
          ...endpoint(platform, name),
          status: 'UpdateRollbackFailed',
          mixedShare,
          failureReason: `${failureReason} The rollback failed as well: both configurations serve.`,
        })
      }
      serving.set(name, former)
    }
    await fleet?.stop()
    if (shutdown()) return
    const { pending: _, ...now } = endpoint(platform, name)
    saveEndpoint(platform, { ...now, status: 'InService', failureReason })
  }

  /** Ends what a failed rollback left beside the fleet that serves. */
  const endMixed = async (name: string) => {
    const traffic = serving.get(name)
    if (!traffic?.next) return
    serving.set(name, { fleet: traffic.fleet })
    await traffic.next.fleet.stop()
  }

  /** Serves with both fleets again, as before a restart. */
  const restoreMixed = async (name: string, pending: Deployment, share: number) => {
    const fleet = await start(name, pending)
    const former = serving.get(name)
    if (former && endpoint(platform, name).status === 'UpdateRollbackFailed')
      serving.set(name, { ...former, next: { fleet, share } })
    else await fleet.stop()
  }

  /** Brings up what is pending and moves the traffic there; what served until then goes on if that fails. */
  const deploy = async (name: string) => {
    const { pending, current } = endpoint(platform, name)
    if (pending === undefined) return
    await endMixed(name)
    let fleet: Fleet | undefined
    if (current) savePhase(platform, name, { Status: 'Creating' })
    try {
      const started = await start(name, pending)
      fleet = started
      if (shutdown()) return
      const former = serving.get(name)
      if (current && former) {
        serving.set(name, { ...former, next: { fleet, share: 0 } })
        await rollOut(platform, pending, {
          share: (share) => serving.set(name, { ...former, next: { fleet: started, share } }),
          tell: (phase) => savePhase(platform, name, phase),
          signal: closing(platform),
        })
      }
      inService(name, fleet, pending)
      await end(former?.fleet)
    } catch (error) {
      if (!shutdown()) await rollBack(name, fleet, error)
    }
  }

  /** Gives the variants the weights and instances that were asked for. */
  const scale = async (name: string) => {
    await platform.clock.sleep(platform.clock.pace(scalingMs), closing(platform)).catch(() => {})
    if (shutdown()) return
    const { current, ...known } = endpoint(platform, name)
    if (current === undefined) return
    const variants = current.variants.map(({ desired, ...variant }) => ({ ...variant, ...desired }))
    const fleet = await serving.get(name)?.fleet.catch(() => undefined)
    fleet?.weigh(new Map(variants.map((variant) => [variant.name, variant.weight])))
    saveEndpoint(platform, { ...known, status: 'InService', current: { ...current, variants } })
  }

  /** Ends an endpoint's containers, then the endpoint. */
  const remove = async (name: string) => {
    const known = endpoint(platform, name)
    const fleet = serving.get(name)?.fleet
    await endMixed(name)
    serving.delete(name)
    const forget = () => {
      endpoints(platform).delete(name)
      forgetTags(platform, known.arn)
    }
    if (known.status === 'Failed') return forget() // nothing serves: its name is free at once
    if (known.status !== 'Deleting') saveEndpoint(platform, { ...known, status: 'Deleting' })
    await end(fleet)
    if (!shutdown()) forget()
  }

  /** After a start of the platform: serves again what was in service and goes on with what was under way. */
  const restore = () => {
    for (const { value: known } of endpoints(platform).list()) {
      if (known.status === 'Deleting') void remove(known.name)
      else if (known.status !== 'Failed' && known.current) {
        const fleet = start(known.name, known.current)
        serving.set(known.name, { fleet })
        fleet.catch((error: unknown) => {
          if (shutdown() || serving.get(known.name)?.fleet !== fleet) return
          serving.delete(known.name)
          const { pending: _, ...now } = endpoint(platform, known.name)
          saveEndpoint(platform, { ...now, status: 'Failed', failureReason: reasonOf(error) })
        })
      }
      if (known.status === 'RollingBack') void rollBack(known.name, undefined, new RolledBack(interrupted))
      else if (known.status === 'UpdateRollbackFailed' && known.pending)
        restoreMixed(known.name, known.pending, known.mixedShare ?? 0).catch((error: unknown) =>
          platform.log('sagemaker', 'a fleet does not come back', { endpoint: known.name, cause: String(error) }),
        )
      else if (known.pending && known.status !== 'Failed') void deploy(known.name)
      else if (known.status === 'Updating') void scale(known.name)
    }
  }

  return {
    deploy,
    scale,
    remove,
    restore,
    /** The fleet that answers one invocation; undefined when nothing serves. */
    serving: async (name: string): Promise<Fleet | undefined> => {
      const { fleet, next } = serving.get(name) ?? {}
      return next && chance(platform)() < next.share ? next.fleet : fleet
    },
  }
}

const interrupted = 'The deployment was rolled back.'

/** The containers behind this platform's endpoints. */
export const fleets = perPlatform(endpointFleets)
