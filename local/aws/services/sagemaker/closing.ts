import { perPlatform } from '../../core/per-platform.ts'

/** Aborted when the platform shuts down. */
export const closing = perPlatform((platform): AbortSignal => {
  const end = new AbortController()
  platform.onClose(() => end.abort())
  return end.signal
})
