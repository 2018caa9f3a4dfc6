import type { Value } from './value.ts';
/** One feature vector, by feature name. */
export interface Vector {
    /** Null where a group holds no row for the entry, or the value is null. */
    readonly values: Readonly<Record<string, Value>>;
    /** MISSING: at least one group has no row. ERROR: the server could not read this entry. */
    readonly status: 'COMPLETE' | 'MISSING' | 'ERROR';
    /** For each group that was read, the HTTP status: 200 found, 404 no row. */
    readonly groups: readonly {
        readonly featureGroupId: number;
        readonly httpStatus: number;
    }[];
}
/** JSON with exact integers: they arrive as bigint, other numbers as number. */
export declare const parseExact: (body: string) => unknown;
/** The one vector of a `feature_store` reply. */
export declare function vectorOf(reply: unknown, path: string): Vector;
/** The vectors of a `batch_feature_store` reply, in the order of the entries. */
export declare function vectorsOf(reply: unknown, entries: number, path: string): Vector[];
//# sourceMappingURL=reply.d.ts.map