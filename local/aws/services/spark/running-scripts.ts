import { perPlatform } from '../../core/per-platform.ts'

/** The scripts that run now, by the id of their run; all of them end with the platform. */
export const runningScripts = perPlatform((platform) => {
  const running = new Map<string, AbortController>()
  const all = new Set<Promise<void>>()
  platform.onClose(async () => {
    for (const controller of running.values()) controller.abort('the platform ends')
    await Promise.all(all)
  })
  return {
    /** Calls `work`, which is told by its signal to stop. */
    begin: (id: string, work: (signal: AbortSignal) => Promise<void>): void => {
      const controller = new AbortController()
      running.set(id, controller)
      const done: Promise<void> = work(controller.signal)
        .catch((error: unknown) =>
          platform.log('spark', 'a run broke', { level: 'error', run: id, error: String(error) }),
        )
        .finally(() => {
          running.delete(id)
          all.delete(done)
        })
      all.add(done)
    },
    /** Asks a run to stop, for a reason that its signal carries. */
    stop: (id: string, reason: string): boolean => {
      const controller = running.get(id)
      controller?.abort(reason)
      return controller !== undefined
    },
  }
})
