import type { Values } from './values.ts';
/** The newest row of each key by event time; of equal ones the last. */
export declare class NewestByKey {
    #private;
    constructor(eventTime: string | null);
    get size(): number;
    /** Takes a row; returns the one that it shows to be older, itself or the one that was newest until now. */
    add(key: string, row: Values): Values | undefined;
    entries(): Iterable<[key: string, row: Values]>;
}
//# sourceMappingURL=newest-by-key.d.ts.map