import * as z from 'zod';
import type { Http } from './http.ts';
import type { Scope } from './scope.ts';
declare const credentials: z.ZodObject<{
    caChain: z.ZodString;
    clientCert: z.ZodString;
    clientKey: z.ZodString;
}, z.core.$strip>;
/** The project user's certificate for Kafka, as PEM strings. Keep it in memory. */
export type Credentials = z.output<typeof credentials>;
export declare function readCredentials(http: Http, { projectId }: Scope): (signal?: AbortSignal) => Promise<Credentials>;
export {};
//# sourceMappingURL=credentials.d.ts.map