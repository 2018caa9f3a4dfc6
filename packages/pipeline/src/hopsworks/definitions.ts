/** Hive's words for what a feature is offline. */
export type OfflineType =
  | 'string'
  | 'int'
  | 'bigint'
  | 'double'
  | 'boolean'
  | 'timestamp'
  | 'date'
  | `decimal(${number},${number})`

/** A feature as Hopsworks declares it: `type` offline, `onlineType` only where the default will not do. */
export interface FeatureDefinition {
  readonly name: string
  readonly type: OfflineType
  readonly description?: string
  readonly onlineType?: string
  readonly primary?: true
}

/** A feature group to be created in Hopsworks. */
export interface GroupDefinition {
  readonly name: string
  readonly version: number
  readonly description: string
  /** Whether rows are served by the online store, too. */
  readonly online: boolean
  readonly features: readonly FeatureDefinition[]
  readonly eventTime: string
  readonly timeTravelFormat: 'HUDI'
}

/** A point-in-time join of a view: the newest row of `group` at the spine's event time. */
export interface JoinDefinition {
  readonly group: string
  readonly features: readonly string[]
  readonly on: readonly string[]
  readonly prefix: string
}

/** A feature view to be created in Hopsworks; groups are named as there, in version 1. */
export interface ViewDefinition {
  readonly name: string
  readonly version: number
  readonly label: readonly string[]
  readonly left: { readonly group: string; readonly features: readonly string[] }
  readonly joins: readonly JoinDefinition[]
}
