import * as z from 'zod'

/** In what the servers that can be played differ towards their clients. */
export interface ServerVersion {
  /** What the variables announce. */
  readonly hopsworks: string
  readonly rondb: string
  /** Whether the headers `storage`, `operation` and `upsertIfNewer` of a row are heeded. */
  readonly rowHeaders: boolean
  /** Whether a feature may be kept out of the online store. */
  readonly offlineOnlyFeatures: boolean
}

const versions = {
  '4.8': { hopsworks: '4.8.0', rondb: '24.10.2', rowHeaders: false, offlineOnlyFeatures: false },
  '5.2': { hopsworks: '5.2.1', rondb: '24.10.2', rowHeaders: true, offlineOnlyFeatures: true },
} as const satisfies Record<string, ServerVersion>

export const versionName = z.enum(['4.8', '5.2'])
export type VersionName = z.infer<typeof versionName>

export const serverVersion = (name: VersionName): ServerVersion => versions[name]
