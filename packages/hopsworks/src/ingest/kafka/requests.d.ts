/** One kind of request in the version that we speak; non-flexible ones, which every broker from 2.1 to 4.x knows. */
export interface Api {
    readonly key: number;
    readonly version: number;
    readonly name: string;
}
export declare const apiVersions: Api;
export declare const metadata: Api;
export declare const produce: Api;
export interface VersionRange {
    readonly key: number;
    readonly min: number;
    readonly max: number;
}
export declare function readApiVersions(reply: Buffer): {
    error: number;
    ranges: VersionRange[];
};
export declare const metadataRequest: (topic: string) => Buffer;
export interface TopicMetadata {
    readonly error: number;
    readonly brokers: ReadonlyMap<number, {
        readonly host: string;
        readonly port: number;
    }>;
    /** Leader's node id by partition; −1 where there is none just now. */
    readonly leaders: readonly number[];
}
export declare function readMetadata(reply: Buffer): TopicMetadata;
/** All but the batch itself, which follows. acks = all in-sync replicas. */
export declare const produceRequest: (topic: string, partition: number, batchBytes: number, timeoutMs: number) => Buffer;
/** The error code of the one partition; 0 is success. */
export declare function readProduce(reply: Buffer): number;
//# sourceMappingURL=requests.d.ts.map