/** A feature's value. bigint: a 64-bit integer, or for timestamps the microseconds since 1970 UTC. */
export type Value = string | number | bigint | boolean | null;
/** A `YYYY-MM-DD HH:MM:SS[.ffffff]` of the vector server in microseconds UTC; undefined when it is none. */
export declare function parseTimestamp(text: string): bigint | undefined;
/** A value of the reply by the feature's offline type; undefined when it does not fit the type. */
export declare function valueOf(type: string, value: unknown): Value | undefined;
//# sourceMappingURL=value.d.ts.map