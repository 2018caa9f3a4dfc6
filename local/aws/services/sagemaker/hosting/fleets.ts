import type { Platform } from '../../../core/platform.ts'
import { closing } from '../closing.ts'
import { perPlatform } from '../../../core/per-platform.ts'
import { forgetTags } from '../tags.ts'
import type { Deployment } from './deployment.ts'
import { endpoint, endpoints, saveEndpoint } from './endpoint.ts'
import type { Fleet } from './fleet.ts'
import { FleetNotHealthy, startFleet } from './fleet.ts'

const reasonOf = (error: unknown) =>
  error instanceof FleetNotHealthy ? error.message : 'We encountered an internal error. Please try again.'

const end = async (fleet: Promise<Fleet> | undefined) => {
  const found = await fleet?.catch(() => undefined) // one that never came up is gone already
  await found?.stop()
}

const endpointFleets = (platform: Platform) => {
  /** What answers now, or will in a moment. */
  const serving = new Map<string, Promise<Fleet>>()
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
    await Promise.all([...serving.values(), ...starting].map(end))
  })

  /** Brings up what is pending and sends the traffic there; what served until then goes on if that fails. */
  const deploy = async (name: string) => {
    const { pending } = endpoint(platform, name)
    if (pending === undefined) return
    try {
      const fleet = await start(name, pending)
      if (shutdown()) return
      const former = serving.get(name)
      serving.set(name, Promise.resolve(fleet))
      const { failureReason: _, pending: __, ...known } = endpoint(platform, name)
      saveEndpoint(platform, { ...known, status: 'InService', current: pending })
      await end(former)
    } catch (error) {
      if (shutdown()) return
      const { pending: _, ...known } = endpoint(platform, name)
      const failureReason = reasonOf(error)
      if (known.current) saveEndpoint(platform, { ...known, status: 'InService', failureReason })
      else saveEndpoint(platform, { ...known, pending, status: 'Failed', failureReason })
    }
  }

  /** Ends an endpoint's containers, then the endpoint. */
  const remove = async (name: string) => {
    const known = endpoint(platform, name)
    const fleet = serving.get(name)
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
        serving.set(known.name, fleet)
        fleet.catch((error: unknown) => {
          if (shutdown() || serving.get(known.name) !== fleet) return
          serving.delete(known.name)
          const { pending: _, ...now } = endpoint(platform, known.name)
          saveEndpoint(platform, { ...now, status: 'Failed', failureReason: reasonOf(error) })
        })
      }
      if (known.pending && known.status !== 'Failed') void deploy(known.name)
    }
  }

  return { deploy, remove, restore, serving: (name: string) => serving.get(name) }
}

/** The containers behind this platform's endpoints. */
export const fleets = perPlatform(endpointFleets)
