import type { FeatureGroup, Hopsworks } from '../management/index.ts';
import type { RetryPolicy } from '../retry.ts';
import type { Values } from './values.ts';
/** What a write did. */
export interface Written {
    /** Messages that all in-sync replicas acknowledged: one for each row. */
    readonly rows: number;
    /** By what to ask the online store how far it is; null where nothing goes online. */
    readonly ingestion: {
        readonly featureGroupId: number;
        readonly id: number;
        readonly rows: number;
    } | null;
}
export interface GroupWriter {
    readonly group: FeatureGroup;
    /**
     * Writes rows to the group. Of an online group the newest row of each key (by event time; of equal ones the last) goes
     * to both stores, with `upsertIfNewer`; older ones go to the offline store only. Resolves when Kafka has acknowledged
     * everything; the stores follow (`onlineIngestions.get`, the materialisation job). After a failure some rows may be
     * written; writing the same rows again is safe, both stores upsert by key.
     * @throws HopsworksBadRow for a row that the schema cannot hold, HopsworksKafkaError when retries are used up
     */
    write(rows: Iterable<Values>): Promise<Written>;
    close(): Promise<void>;
}
export interface WriterOptions {
    /** For connecting to a broker, and for each of its replies; 10,000 by default. */
    readonly timeoutMs?: number;
    readonly retry?: RetryPolicy;
}
/**
 * A writer of one stored feature group: reads the group, its schema and Kafka's address, then speaks Kafka itself.
 * Certificates are fetched once and kept in memory. Reuse it; close it when done.
 */
export declare function openWriter(hopsworks: Hopsworks, name: string, version: number, { timeoutMs, retry }?: WriterOptions): Promise<GroupWriter>;
//# sourceMappingURL=group-writer.d.ts.map