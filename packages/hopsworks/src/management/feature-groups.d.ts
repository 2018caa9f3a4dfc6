import * as z from 'zod';
import type { GroupDefinition } from './definitions.ts';
import type { Http } from './http.ts';
import type { Scope } from './scope.ts';
/** The stored group. Loose: views and queries send the whole DTO back. */
export declare const featureGroup: z.ZodObject<{
    id: z.ZodNumber;
    name: z.ZodString;
    version: z.ZodNumber;
    featurestoreId: z.ZodNumber;
    onlineEnabled: z.ZodDefault<z.ZodBoolean>;
    timeTravelFormat: z.ZodOptional<z.ZodNullable<z.ZodString>>;
    onlineTopicName: z.ZodOptional<z.ZodNullable<z.ZodString>>;
    eventTime: z.ZodOptional<z.ZodNullable<z.ZodString>>;
    features: z.ZodArray<z.ZodObject<{
        name: z.ZodString;
        type: z.ZodString;
        primary: z.ZodDefault<z.ZodBoolean>;
    }, z.core.$loose>>;
}, z.core.$loose>;
/** A feature group as Hopsworks holds it (its own field names). */
export type FeatureGroup = z.output<typeof featureGroup>;
export type FeatureGroups = ReturnType<typeof featureGroups>;
/** Feature groups of one feature store. */
export declare function featureGroups(http: Http, { projectId, featureStoreId }: Scope): {
    get: (name: string, version: number, signal?: AbortSignal) => Promise<FeatureGroup | undefined>;
    getOrCreate: (definition: GroupDefinition, signal?: AbortSignal) => Promise<FeatureGroup>;
};
//# sourceMappingURL=feature-groups.d.ts.map