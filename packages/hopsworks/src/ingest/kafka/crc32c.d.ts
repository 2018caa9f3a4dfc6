/** CRC-32C (Castagnoli, RFC 3720) of bytes[from, to), eight bytes a step; node:zlib has only the other CRC-32. */
export declare function crc32c(bytes: Buffer, from: number, to: number): number;
//# sourceMappingURL=crc32c.d.ts.map