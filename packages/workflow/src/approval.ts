import type { Approval, Verdict } from './contracts/train-model.ts'

/** Who lets a model that passes its gate go live. */
export type ApprovalPolicy = 'automatically' | 'by a person'

/** The registry's status of a judged model: only the policy `automatically` approves without a person. */
export const approvalOf = (verdict: Verdict, policy: ApprovalPolicy): Approval => {
  if (verdict === 'reject') return 'Rejected'
  return policy === 'automatically' ? 'Approved' : 'PendingManualApproval'
}
