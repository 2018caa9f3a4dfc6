/** A feature group as the caller defines it; what `featureGroupRequests` of @hopline/pipeline returns. */
export interface GroupDefinition {
  readonly name: string
  readonly version: number
  readonly description: string
  /** Whether the online store holds the newest row of each key. */
  readonly online: boolean
  readonly features: readonly FeatureDefinition[]
  /** Name of the feature that is the event time; without one the last row of a key that is written is the newest. */
  readonly eventTime?: string | null | undefined
  /** Format of the offline table; HUDI by default. */
  readonly timeTravelFormat?: TimeTravelFormat | undefined
  /** Whether each materialisation computes the group's statistics. */
  readonly statistics?: boolean | undefined
}

export type TimeTravelFormat = 'HUDI' | 'DELTA' | 'NONE'

export interface FeatureDefinition {
  readonly name: string
  /** Offline (Hive) type: bigint, int, double, boolean, string, timestamp, date, … */
  readonly type: string
  /** What people read of it, 256 characters at most. */
  readonly description?: string | undefined
  readonly primary?: boolean | undefined
  /** Whether the offline table is partitioned by it. */
  readonly partition?: boolean | undefined
  /** Type of the online column where the default is not meant, e.g. `varchar(3)`. */
  readonly onlineType?: string | undefined
  /** What the rows that are there have in a feature that is added to the group, as text, e.g. `0.5` or `false`. */
  readonly defaultValue?: string | undefined
}

/** A feature view as the caller defines it; groups by name. A join takes the left group's columns of the same names. */
export interface ViewDefinition {
  readonly name: string
  readonly version: number
  readonly description?: string | undefined
  readonly label: readonly string[]
  readonly left: { readonly group: string; readonly features: readonly string[] }
  readonly joins: readonly ViewJoin[]
}

export interface ViewJoin {
  readonly group: string
  readonly features: readonly string[]
  readonly on: readonly string[]
  /** Put before the joined features' names, e.g. `airport_`. */
  readonly prefix: string
}
