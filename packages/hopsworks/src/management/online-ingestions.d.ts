import type { Http } from './http.ts';
import type { Scope } from './scope.ts';
/** How far the online store is with the rows of one write. */
export interface OnlineIngestion {
    readonly id: number;
    /** Rows announced. */
    readonly rows: number | null;
    /** Rows that the online store has dealt with, whatever became of them. */
    readonly done: number;
    /** Rows that it could not write. */
    readonly failed: number;
}
export declare function onlineIngestions(http: Http, { projectId, featureStoreId }: Scope): {
    /** Announces a write of `rows` rows. */
    start(groupId: number, rows: number, signal?: AbortSignal): Promise<OnlineIngestion>;
    /** The state of a write, or undefined when the server has pruned it. */
    get(groupId: number, id: number, signal?: AbortSignal): Promise<OnlineIngestion | undefined>;
};
//# sourceMappingURL=online-ingestions.d.ts.map