import * as z from 'zod';
import type { Http } from './http.ts';
import type { Scope } from './scope.ts';
declare const subject: z.ZodObject<{
    id: z.ZodNumber;
    version: z.ZodNumber;
    schema: z.ZodString;
}, z.core.$strip>;
/** An Avro schema (JSON text) and the id by which a Kafka message names it. */
export type Subject = z.output<typeof subject>;
export declare function subjects(http: Http, { projectId, featureStoreId }: Scope): {
    /** The newest schema of a feature group. */
    latest: (group: {
        name: string;
        version: number;
    }, signal?: AbortSignal) => Promise<Subject>;
};
export {};
//# sourceMappingURL=subjects.d.ts.map