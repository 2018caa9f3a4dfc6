/** A policy that IAM would refuse, or that this platform cannot evaluate; the message says why. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
}
