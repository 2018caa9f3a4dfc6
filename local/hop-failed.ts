/** A hop of the demonstration that failed: what, why, where its log is, and what to do. */
export class HopFailed extends Error {
  override readonly name = 'HopFailed'
  readonly hop: string
  readonly log: string
  readonly advice: string
  constructor(hop: string, cause: string, { log, advice }: { log: string; advice: string }) {
    super(cause)
    this.hop = hop
    this.log = log
    this.advice = advice
  }
}
