import { compilePolicy } from './compile-policy.ts'
import type { PolicyKind } from './document.ts'
import { PolicyError } from './policy-error.ts'

/** What is wrong with a text that is to be a policy, in IAM's words; undefined if nothing is. */
export const policyProblem = (text: string, kind: PolicyKind): string | undefined => {
  try {
    compilePolicy(text, kind)
    return undefined
  } catch (error) {
    if (error instanceof PolicyError) return error.message
    throw error
  }
}
