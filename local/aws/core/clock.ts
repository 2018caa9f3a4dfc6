/** The one time of the platform; tests can drive it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /**
   * A waiting time of AWS's machinery (an endpoint's health check, a bake), shortened by the platform's `--pace`.
   * `clock.pace(240_000)` is 240,000 on a platform at AWS's pace and 4,000 at pace 60.
   */
  pace(ms: number): number
  /** Goes forward by `ms`, from one due sleeper to the next, as if that time had gone by. A clock of a test's own may lack it. */
  advance?(ms: number): Promise<void>
}
