import type { Values } from './values.ts';
/**
 * The Kafka key of a row as the Python SDK makes it: Python's `str()` of the primary key's values, in alphabetical order
 * of their names, without a separator. Writers that spell a key differently lose the order of its rows.
 * @param primary the group's primary key; `type` is the offline type
 */
export declare function messageKey(primary: readonly {
    readonly name: string;
    readonly type: string;
}[]): (row: Values) => string;
//# sourceMappingURL=message-key.d.ts.map