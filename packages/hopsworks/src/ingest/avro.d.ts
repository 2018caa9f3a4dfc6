import type { Values } from './values.ts';
/** Writes a row at a position and returns the position after it; a negative number says how many bytes are missing. */
export type RowEncoder = (row: Values, buffer: Buffer, position: number) => number;
/**
 * The encoder of a subject's schema: schemaless Avro, no magic byte, no schema id (those are headers).
 * @param schema JSON of a record whose fields are nullable scalars
 * @throws HopsworksBadRow from the encoder, naming the column that the schema cannot hold
 */
export declare function rowEncoder(schema: string): RowEncoder;
//# sourceMappingURL=avro.d.ts.map