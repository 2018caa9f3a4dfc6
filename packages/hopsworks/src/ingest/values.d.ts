/**
 * One row by feature name. Timestamps are bigint microseconds since 1970 UTC; 64-bit integers are bigint (a safe
 * integer as number is taken too); int and double are number.
 */
export type Values = Readonly<Record<string, string | number | bigint | boolean | null>>;
//# sourceMappingURL=values.d.ts.map