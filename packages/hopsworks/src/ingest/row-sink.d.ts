import type { RowEncoder } from './avro.ts';
import type { Producer } from './producer.ts';
import type { Values } from './values.ts';
/** Encodes rows, each into the same memory, and hands them to the producer. */
export declare class RowSink {
    #private;
    rows: number;
    constructor(producer: Producer, encode: RowEncoder);
    /** A promise is returned only where the caller has to wait for room. */
    put(key: string, row: Values, headers: Buffer): Promise<void> | undefined;
    flush(): Promise<void>;
}
//# sourceMappingURL=row-sink.d.ts.map