/**
 * The partition of a key: CRC32, as librdkafka and so the Python SDK choose it. Java and most JavaScript clients take
 * murmur2; two writers of one group that disagree lose the order of a key's rows.
 */
export declare const partitionOf: (key: string, partitions: number) => number;
//# sourceMappingURL=partition.d.ts.map