/** The kinds of policies that allow and deny, as refusals call them. */
export type PolicyType =
  | 'identity-based policy'
  | 'permissions boundary'
  | 'resource-based policy'
  | 'role trust policy'

/** A statement that decided something. */
export interface DecidingStatement {
  readonly type: PolicyType
  /** A role's ARN and the policy's name, or a resource's ARN. */
  readonly policy: string
  /** Its Sid, else its index. */
  readonly statement: string
}

/** What the policies say of one permission, and which statement said it. */
export type Decision =
  | { readonly effect: 'allow'; readonly by: DecidingStatement | 'root' | 'service' }
  | { readonly effect: 'explicit-deny'; readonly by: DecidingStatement }
  /** `type` is the kind of policy that should have allowed it. */
  | { readonly effect: 'implicit-deny'; readonly type: PolicyType }
