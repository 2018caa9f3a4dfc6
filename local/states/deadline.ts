import { Interruption, StateError } from './errors.ts'
import type { Visit } from './visit.ts'

export interface Limits {
  readonly timeoutSeconds: number | undefined
  readonly heartbeatSeconds: number | undefined
  /** The first heartbeat is awaited from the first one on, not from the start. */
  readonly beatsLater: boolean
}

/**
 * Runs work that must be done in time. Rejects with States.Timeout when it is not, and with the signal's reason as soon
 * as the scope ends; in both cases the work's own signal is aborted and its end is not waited for.
 */
export const withinLimits = async <T>(
  { scope }: Visit,
  { timeoutSeconds, heartbeatSeconds, beatsLater }: Limits,
  work: (signal: AbortSignal, heartbeat: () => void) => Promise<T>,
): Promise<T> => {
  const { clock } = scope.flow
  const late = new AbortController()
  const done = new AbortController()
  let beat = new AbortController()
  const over = Promise.withResolvers<never>()

  const countdown = (seconds: number, end: AbortController, heartbeat: boolean) => {
    const expired = () => {
      over.reject(new StateError('States.Timeout', undefined, { heartbeat }))
      late.abort(new Interruption('state-timed-out'))
    }
    clock.sleep(seconds * 1000, AbortSignal.any([end.signal, done.signal])).then(expired, () => {})
  }
  const heartbeat = () => {
    if (heartbeatSeconds === undefined || done.signal.aborted) return
    beat.abort()
    beat = new AbortController()
    countdown(heartbeatSeconds, beat, true)
  }

  const leaving = () => over.reject(scope.signal.reason)
  scope.signal.throwIfAborted()
  scope.signal.addEventListener('abort', leaving, { once: true })
  if (timeoutSeconds !== undefined) countdown(timeoutSeconds, done, false)
  if (!beatsLater) heartbeat()
  try {
    const working = work(AbortSignal.any([scope.signal, late.signal]), heartbeat)
    working.catch(() => {})
    return await Promise.race([working, over.promise])
  } finally {
    done.abort()
    scope.signal.removeEventListener('abort', leaving)
  }
}
