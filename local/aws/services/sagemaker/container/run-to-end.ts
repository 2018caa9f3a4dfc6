import type { Platform } from '../../../core/platform.ts'
import { sessionArn } from '../../../core/signing/account-keys.ts'
import type { Victim } from '../../../core/victims.ts'
import { victims } from '../../../core/victims.ts'
import type { ProcessSettings } from './process.ts'
import { startProcess } from './process.ts'

/** What ended a container's work, if it did not end by itself. */
export type Ending = 'stopped' | 'out of time' | 'instance lost'

export interface Work extends ProcessSettings {
  readonly kind: Victim['kind']
  readonly name: string
  readonly roleArn: string
  /** Aborted to stop it; the reason `shutdown` leaves it little time. */
  readonly signal: AbortSignal
  readonly limitMs: number
  /** Its time is over, and it is about to be stopped. */
  readonly onLate: () => void
  /** Whether its instance goes with a warning, as spot capacity does, or without. */
  readonly warned?: boolean
}

/** What SageMaker grants between SIGTERM and SIGKILL; saving a model takes the machine's own time at any pace. */
const graceMs = ({ clock }: Platform) => Math.max(clock.pace(120_000), 5000)

/** Runs a job's container to its end, or to whatever comes before: a stop, a limit, the loss of its instance. */
export const runToEnd = async (platform: Platform, work: Work) => {
  const { signal } = work
  let ending: Ending | undefined
  const ended = new AbortController()
  const running = startProcess({
    ...work,
    onLine: (line) => {
      work.onLine(line)
      life.line(line)
    },
  })
  const stop = (why: Ending, grace: number) => {
    ending ??= why
    return running.stop(grace)
  }
  const lose = () => {
    ending ??= 'instance lost'
    if (work.warned) void running.stop(graceMs(platform))
    else running.kill()
  }
  const life = victims(platform).enter({
    kind: work.kind,
    name: work.name,
    caller: sessionArn(work.roleArn, work.name),
    kill: (end) => {
      if (end === 'instance') lose()
      else running.kill()
    },
  })
  const onAbort = () => void stop('stopped', signal.reason === 'shutdown' ? 1000 : graceMs(platform))
  signal.addEventListener('abort', onAbort, { once: true })
  const late = platform.clock.sleep(work.limitMs, ended.signal).then(
    () => {
      work.onLate()
      return stop('out of time', graceMs(platform))
    },
    () => {},
  )
  const exitCode = await running.exited
  life.leave()
  signal.removeEventListener('abort', onAbort)
  ended.abort()
  await late
  return { exitCode, ending }
}
