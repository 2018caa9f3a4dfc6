/** Whether a number is a 32-bit integer. */
export const fitsInt = (x: number): boolean => Number.isInteger(x) && x >= -2_147_483_648 && x <= 2_147_483_647

/** Whether a bigint is a 64-bit integer. */
export const fitsLong = (x: bigint): boolean => BigInt.asIntN(64, x) === x
