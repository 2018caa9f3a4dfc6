/** What is wrong with a definition, and where: `windows.airport.every`. */
export interface Problem {
  readonly path: string
  readonly message: string
}

/** Thrown by `definePipeline`; lists every problem at once. */
export class InvalidPipeline extends Error {
  override readonly name = 'InvalidPipeline'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(
      ['the pipeline cannot be defined:', ...problems.map(({ path, message }) => `  ${path}: ${message}`)].join('\n'),
    )
    this.problems = problems
  }
}
