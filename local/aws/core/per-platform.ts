import type { Platform } from './platform.ts'

/** Something of which every platform in this process has one, made at its first use. */
export const perPlatform = <T>(make: (platform: Platform) => T) => {
  const made = new WeakMap<Platform, T>()
  return (platform: Platform): T => {
    const known = made.get(platform)
    if (known !== undefined) return known
    const fresh = make(platform)
    made.set(platform, fresh)
    return fresh
  }
}
