/**
 * An error with nothing but name, message and stack. The Lambda runtime prints every property of an error that leaves
 * a handler, and clients hang requests with their keys and signatures on theirs.
 */
export const bareError = (error: unknown): Error => {
  if (!(error instanceof Error)) return new TypeError('something else than an error was thrown')
  const bare = new Error(error.message)
  const { name } = error
  Object.defineProperty(bare, 'name', { value: name, enumerable: false })
  if (error.stack !== undefined) bare.stack = error.stack
  return bare
}
