import type { RetryPolicy } from '../retry.ts';
import type { Cluster } from './kafka/cluster.ts';
/** Collects records into batches by partition and sends each when it is full, while the next one fills. */
export declare class Producer {
    #private;
    constructor(cluster: Cluster, partitions: number, retry: RetryPolicy);
    /** Takes a record. A promise is returned only where the caller has to wait for room. */
    add(key: string, value: Buffer, valueBytes: number, headers: Buffer): Promise<void> | undefined;
    /** Sends what is left and waits until every batch is acknowledged. */
    flush(): Promise<void>;
}
//# sourceMappingURL=producer.d.ts.map