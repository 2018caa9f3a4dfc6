/** A path whose inserted parts are encoded: path`/jobs/${name}`. */
export declare function path(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string;
//# sourceMappingURL=path.d.ts.map