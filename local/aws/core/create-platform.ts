import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Clock } from './clock.ts'
import { createControl } from './control.ts'
import { AwsError } from './errors.ts'
import { Disconnect, createFaults } from './faults.ts'
import { nameOf } from './identify.ts'
import { listen } from './listen.ts'
import { openLogFile } from './log-file.ts'
import type { Call, Operation } from './operation.ts'
import { parseInput } from './parse-input.ts'
import type { Platform } from './platform.ts'
import { createAuthority } from './policy/authority.ts'
import { storedPolicies } from './policy/policy-source.ts'
import { decisionRecorder } from './policy/recorded-calls.ts'
import { resourcePoliciesOf } from './policy/resource-policies.ts'
import { createRoutes } from './routes.ts'
import { createAwsServer } from './server.ts'
import type { Backend } from './server.ts'
import type { BusEvent, Service } from './service.ts'
import { accountKeys, sessionCredentials } from './signing/account-keys.ts'
import { openStore } from './sqlite-store.ts'
import { systemClock } from './system-clock.ts'
import { victims } from './victims.ts'

export interface PlatformOptions {
  /** Folder of everything that must survive a restart. */
  readonly stateDir: string
  readonly services: readonly Service[]
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** How many times faster than AWS its machinery waits. Default 1. */
  readonly pace?: number
  readonly python?: string
  readonly clock?: Clock
  readonly account?: string
  readonly region?: string
  /** Also called with every line of the log. */
  readonly onLog?: (line: Readonly<Record<string, unknown>>) => void
}

/** A platform that answers, and the root key of its account. */
export interface RunningPlatform {
  readonly platform: Platform
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Stops answering, ends what services started (last registered first), closes the store. */
  close(): Promise<void>
}

/** Opens state and port, and starts the services. Rejects with the system's error when the port is taken. */
export const createPlatform = async (options: PlatformOptions): Promise<RunningPlatform> => {
  const { stateDir, services, account = '000000000000', region = 'us-east-1', pace = 1 } = options
  mkdirSync(join(stateDir, 'logs'), { recursive: true, mode: 0o700 })
  const server = createAwsServer(() => backend)
  const port = await listen(server, options.port ?? 0)

  const log = openLogFile(join(stateDir, 'logs', 'aws.log'))
  const store = openStore(join(stateDir, 'state.sqlite'))
  const clock = options.clock ?? systemClock(pace)
  const keys = accountKeys(store)
  const faults = createFaults(clock)
  const authority = createAuthority(storedPolicies(store, resourcePoliciesOf(services)), {
    account,
    region,
    now: () => clock.now(),
    record: decisionRecorder(store),
  })
  const operations = services.flatMap((service) => service.operations)
  const byName = new Map(operations.map((operation) => [nameOf(operation.service, operation.name), operation]))
  const ends: (() => Promise<void> | void)[] = []

  const perform = async (operation: Operation<unknown, any>, input: unknown, call: Call) => {
    const { service, name } = operation
    authority.demand(operation, call.principal, operation.needs(input, platform))
    const killCaller = () => victims(platform).killCaller(call.principal.arn)
    return faults.around({ service, operation: name, input, killCaller }, () => operation.run(input, call))
  }

  const platform: Platform = {
    account,
    region,
    url: `http://127.0.0.1:${port}`,
    stateDir,
    python: options.python ?? 'python3',
    store,
    clock,
    authority,
    credentialsFor: (roleArn, name) => sessionCredentials(keys, { roleArn, name }),
    operation: (service, name) => byName.get(nameOf(service, name)),
    call: async <O>(service: string, name: string, input: unknown, principal: Call['principal']) => {
      const operation = byName.get(nameOf(service, name))
      if (!operation) throw new AwsError('UnknownOperationException', `${service} has no operation ${name} here.`)
      const call = { platform, principal, requestId: randomUUID(), signal: new AbortController().signal }
      // The caller names the type of the output, as it would with a client of the service.
      const output: O = await perform(operation, parseInput(operation.input, input), call)
      return output
    },
    act: async (service, operation, input, run) => faults.around({ service, operation, input }, run),
    emit: (event) => {
      const delivered: BusEvent = { ...event, id: randomUUID(), time: clock.now() }
      const lost = (error: unknown) =>
        platform.log('events', 'an event was lost', { level: 'error', event, error: String(error) })
      const deliver = () => {
        for (const { receive } of services) {
          try {
            receive?.(delivered, platform)
          } catch (error) {
            lost(error)
          }
        }
      }
      const call = { service: 'events', operation: 'Deliver', detailType: event.detailType, input: event }
      void Promise.resolve(faults.around(call, deliver)).catch((error: unknown) => {
        if (!(error instanceof Disconnect)) lost(error)
      })
    },
    log: (service, message, fields = {}) => {
      const line = { time: new Date(clock.now()).toISOString(), service, message, ...fields }
      log.write(line)
      options.onLog?.(line)
    },
    onClose: (end) => void ends.push(end),
  }

  const control = createControl(platform, faults)
  const mounts = services.flatMap(({ mount }) => mount ?? [])
  const backend: Backend = {
    platform,
    perform,
    catalogue: { byName, route: createRoutes(operations) },
    mounted: async (request: IncomingMessage, response: ServerResponse) => {
      if (await control(request, response)) return true
      const mount = mounts.find(({ prefix }) => request.url?.startsWith(prefix))
      await mount?.handle(request, response, platform)
      return mount !== undefined
    },
  }

  let closing: Promise<void> | undefined
  const close = () =>
    (closing ??= (async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      for (const end of ends.toReversed()) {
        try {
          await end()
        } catch (error) {
          platform.log('server', 'an end broke', { level: 'error', error: String(error) })
        }
      }
      server.closeAllConnections()
      await closed
      store.close()
      await log.close()
    })())

  for (const { start } of services) await start?.(platform)
  return { platform, accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey, close }
}
