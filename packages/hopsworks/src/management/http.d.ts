import * as z from 'zod';
import type { RetryPolicy } from '../retry.ts';
export interface HttpSettings {
    readonly url: string;
    readonly apiKey: string;
    readonly ca: string | undefined;
    readonly timeoutMs: number;
    readonly retry: RetryPolicy;
}
export interface Call {
    readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
    /** JSON unless it is a string, which goes as text/plain. */
    readonly body?: unknown;
    readonly signal?: AbortSignal | undefined;
}
/** HTTP to the management API: retries, error mapping and parsed replies. Resources never see axios. */
export declare class Http {
    #private;
    constructor(settings: HttpSettings);
    get<T extends z.ZodType>(path: string, reply: T, call?: Call): Promise<z.output<T>>;
    post<T extends z.ZodType>(path: string, reply: T, call?: Call): Promise<z.output<T>>;
    put<T extends z.ZodType>(path: string, reply: T, call?: Call): Promise<z.output<T>>;
}
/** The reply, or undefined when Hopsworks says that there is no such entity. */
export declare function ifFound<T>(reply: Promise<T>): Promise<T | undefined>;
//# sourceMappingURL=http.d.ts.map