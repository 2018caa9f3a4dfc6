import type { FeatureGroup } from '../feature-group.ts'
import type { Kind } from '../value.ts'

/** A column of the contract and of the file. */
export interface SourceColumn {
  readonly name: string
  /** Name in the file. */
  readonly source: string
  readonly type: Kind
  /** Zone of values that name none; without it they are refused. */
  readonly zone?: 'UTC'
}

/** What a file of the group's rows must hold; it may hold more. */
export const columnsOf = (group: FeatureGroup): SourceColumn[] =>
  Object.entries(group.columns).map(([name, { kind, options }]) => ({
    name,
    source: options.column ?? name,
    type: kind,
    ...(options.zone === undefined ? {} : { zone: options.zone }),
  }))
