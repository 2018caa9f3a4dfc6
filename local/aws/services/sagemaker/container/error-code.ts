/** The code of an error of the operating system, `ESRCH`. */
export const errorCode = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
