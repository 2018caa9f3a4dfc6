import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'

/** One statement of a function's resource policy, as GetPolicy shows it. */
export interface PolicyStatement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Principal: Readonly<Record<string, string>> | string
  readonly Action: string
  readonly Resource: string
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface ResourcePolicy {
  readonly revision: string
  readonly statements: readonly PolicyStatement[]
}

/** Keys are functions' names. */
export const policies = ({ store }: Pick<Platform, 'store'>): Table<ResourcePolicy> => store.table('lambda.policies')

/** The policy as one document. */
export const policyText = ({ statements }: ResourcePolicy): string =>
  JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements })
