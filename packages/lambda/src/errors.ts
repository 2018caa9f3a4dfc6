/**
 * An error of ours. `name` is a string literal in every class, because it becomes the error's name in Lambda and in
 * Step Functions, and a minifier renames classes. The message must be fit for a log: no secret, no row.
 */
export abstract class HoplineError extends Error {
  abstract override readonly name: string
}

/** Environment variables that are missing or wrong; names them all, and never their values. */
export class InvalidConfig extends HoplineError {
  override readonly name = 'InvalidConfig'
}

/** An event that is not what the function is called with; names the fields. Trying again does not help. */
export class InvalidInput extends HoplineError {
  override readonly name = 'InvalidInput'
}

/** A secret that is not what is expected of it; names the fields, and never their values. */
export class InvalidSecret extends HoplineError {
  override readonly name = 'InvalidSecret'
}
