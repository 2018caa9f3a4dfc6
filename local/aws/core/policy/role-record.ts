import type { Store, Table } from '../store.ts'

/** A role as IAM keeps it. */
export interface RoleRecord {
  readonly RoleName: string
  readonly RoleId: string
  readonly Arn: string
  readonly Path: string
  /** Milliseconds since 1970. */
  readonly created: number
  readonly trust: string
  readonly Description?: string
  readonly MaxSessionDuration: number
  readonly PermissionsBoundary?: string
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[]
  /** Policy documents by name. */
  readonly inline: Readonly<Record<string, string>>
  /** ARNs of managed policies. */
  readonly attached: readonly string[]
}

/** A customer's managed policy. */
export interface PolicyRecord {
  readonly PolicyName: string
  readonly PolicyId: string
  readonly Arn: string
  readonly Path: string
  readonly created: number
  readonly document: string
}

export const rolesKind = 'iam.roles'
export const rolesOf = (store: Store): Table<RoleRecord> => store.table(rolesKind)
export const policiesOf = (store: Store): Table<PolicyRecord> => store.table('iam.policies')

/** `arn:aws:iam::1:role/path/Name` → `Name`. */
export const roleNameOf = (roleArn: string): string => roleArn.split('/').at(-1) ?? ''
