/** The condition key of a listing that names a prefix, be it empty. */
export const prefixContext = (prefix: string | undefined): Record<string, string> =>
  prefix === undefined ? {} : { 's3:prefix': prefix }
