/** Whether a number is a 32-bit integer. */
export const fitsInt = (x: number): boolean => (x | 0) === x

/** Whether a bigint is a 64-bit integer. */
export const fitsLong = (x: bigint): boolean => BigInt.asIntN(64, x) === x
