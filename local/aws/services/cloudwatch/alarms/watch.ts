import { perPlatform } from '../../../core/per-platform.ts'
import { alarmsOf } from './alarm.ts'
import { evaluateAlarm, intervalMsOf } from './evaluate.ts'

/** Looks at the alarms whenever their time has come, on the platform's clock; with no alarms it sleeps. */
export const alarmWatch = perPlatform((platform) => {
  const { clock } = platform
  let watching: AbortController | undefined
  let closed = false
  platform.onClose(() => {
    closed = true
    watching?.abort()
  })

  const watch = async (signal: AbortSignal) => {
    let now = clock.now()
    for (;;) {
      const alarms = alarmsOf(platform).list()
      if (alarms.length === 0) return
      const dues = alarms.map(({ key, value: { request } }) => {
        const intervalMs = intervalMsOf(platform, request)
        return { key, due: (Math.floor(now / intervalMs) + 1) * intervalMs }
      })
      const next = Math.min(...dues.map(({ due }) => due))
      await clock.sleep(next - clock.now(), signal)
      now = Math.max(next, clock.now())
      for (const { key, due } of dues) {
        const alarm = due <= now ? alarmsOf(platform).get(key) : undefined
        if (alarm) evaluateAlarm(platform, alarm)
      }
    }
  }

  return {
    /** Called whenever there are other alarms than before. */
    changed: () => {
      watching?.abort()
      if (closed) return
      const { signal } = (watching = new AbortController())
      watch(signal).catch((error: unknown) => {
        if (!signal.aborted) platform.log('cloudwatch', 'alarms broke', { level: 'error', error: String(error) })
      })
    },
  }
})
