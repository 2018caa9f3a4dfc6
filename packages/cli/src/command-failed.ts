/** A command ends: what happened, what to do about it, and the exit code. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
  readonly advice: string
  readonly exitCode: number
  constructor(message: string, advice: string, exitCode: ExitCode) {
    super(message)
    this.advice = advice
    this.exitCode = exitCode
  }
}

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export const exitCodes = { usage: 2, hopsworks: 3, aws: 4 } as const
