/** Reads the fields of a reply in their order; a reply that ends too early throws a RangeError. */
export declare class WireReader {
    #private;
    constructor(buffer: Buffer);
    int8: () => number;
    int16: () => number;
    int32: () => number;
    int64: () => bigint;
    string: () => string;
    array<T>(item: () => T): T[];
}
export declare const int8: (value: number) => Buffer;
export declare const int16: (value: number) => Buffer;
export declare function int32(value: number): Buffer;
export declare function string(value: string | null): Buffer;
//# sourceMappingURL=wire.d.ts.map