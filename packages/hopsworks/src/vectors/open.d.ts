import type { Vector } from './reply.ts';
import type { Value } from './value.ts';
export interface VectorSettings {
    readonly host: string;
    readonly port: number;
    /** PEM of the authority that signed the server's certificate; the system's authorities when absent. */
    readonly ca?: string | null | undefined;
    readonly apiKey: string;
    /** Name of the project whose feature store holds the views. */
    readonly project: string;
    /** Deadline of one read, with connecting and one retry; 2,000 by default. */
    readonly timeoutMs?: number | undefined;
    /** Sockets at most; 16 by default. */
    readonly connections?: number | undefined;
}
/** Serving keys of one vector, by name. */
export type Entry = Readonly<Record<string, Value>>;
export interface Vectors {
    /** The vector of one entry. An entry that the store does not know gives nulls and status MISSING, no error. */
    read(view: string, version: number, entry: Entry, signal?: AbortSignal): Promise<Vector>;
    /** The vectors of many entries, in their order, by one request. */
    readBatch(view: string, version: number, entries: readonly Entry[], signal?: AbortSignal): Promise<Vector[]>;
    /** Resolves when the server answers and accepts the key. */
    ping(signal?: AbortSignal): Promise<void>;
    close(): Promise<void>;
}
/** The RonDB REST feature server. Opening makes no call; every method may throw an error of the HopsworksError family. */
export declare function openVectors(settings: VectorSettings): Vectors;
//# sourceMappingURL=open.d.ts.map