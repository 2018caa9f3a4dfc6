/**
 * One record batch of format v2 (https://kafka.apache.org/documentation/#recordbatch), written in place. Not idempotent
 * (producer id −1): the producer keeps one batch a partition in flight, so retries keep the order of a key.
 */
export declare class RecordBatch {
    #private;
    readonly capacity: number;
    count: number;
    constructor(capacity: number);
    /** Appends a record, or returns false where it does not fit. `headers` comes from `recordHeaders`. */
    append(key: string, value: Buffer, valueBytes: number, headers: Buffer): boolean;
    /** The finished batch, a view of the internal buffer: valid until `clear`. */
    finish(nowMs: number): Buffer;
    clear(): void;
}
/** Bytes that a batch must hold for one record of these sizes. */
export declare const capacityFor: (key: string, valueBytes: number, headers: Buffer) => number;
/** The headers of a record, encoded once for many records. */
export declare function recordHeaders(headers: Readonly<Record<string, string>>): Buffer;
//# sourceMappingURL=record-batch.d.ts.map