/** What a change demands, from the lightest to the gravest. */
export const verdicts = ['compatible', 'new schema version', 'new group version', 'refused'] as const
export type Verdict = (typeof verdicts)[number]

export interface Difference {
  /** Where in the contract: `windows.airport.features.late_3h`. */
  readonly path: string
  readonly verdict: Verdict
  /** What is different, for people. */
  readonly words: string
}
