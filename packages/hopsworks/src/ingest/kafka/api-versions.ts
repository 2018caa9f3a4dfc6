import type { Api } from './api.ts'
import { WireReader } from './wire.ts'

export const apiVersions: Api = { key: 18, version: 0, name: 'ApiVersions' }

/** Whether a broker knows an API in the version that we speak. */
export type Speaks = (api: Api) => boolean

export function readApiVersions(reply: Buffer): { readonly error: number; readonly speaks: Speaks } {
  const reader = new WireReader(reply)
  const error = reader.int16()
  const ranges = reader.array(() => ({ key: reader.int16(), min: reader.int16(), max: reader.int16() }))
  const speaks: Speaks = ({ key, version }) =>
    ranges.some((range) => range.key === key && range.min <= version && version <= range.max)
  return { error, speaks }
}
