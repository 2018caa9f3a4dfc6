import type { Security } from './connection.ts';
export interface ClusterSettings {
    /** `host:port` each. */
    readonly bootstrap: readonly string[];
    readonly topic: string;
    /** Asked for before a socket is opened after a failure, so that renewed certificates are picked up. */
    readonly security: () => Promise<Security>;
    /** For connecting, and for each reply. */
    readonly timeoutMs: number;
}
/** The brokers of one topic: who leads which partition, and a socket to each leader. Does not retry. */
export declare class Cluster {
    #private;
    constructor(settings: ClusterSettings);
    /** How many partitions the topic has. */
    partitions(): Promise<number>;
    /** Writes one record batch, acknowledged by all in-sync replicas. Reads the metadata again after any failure. */
    write(partition: number, batch: Buffer): Promise<void>;
    close(): Promise<void>;
}
//# sourceMappingURL=cluster.d.ts.map