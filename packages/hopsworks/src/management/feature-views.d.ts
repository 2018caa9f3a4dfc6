import * as z from 'zod';
import type { ViewDefinition } from './definitions.ts';
import type { FeatureGroup } from './feature-groups.ts';
import type { Http } from './http.ts';
import type { Scope } from './scope.ts';
declare const featureView: z.ZodObject<{
    id: z.ZodNumber;
    name: z.ZodString;
    version: z.ZodNumber;
    features: z.ZodArray<z.ZodObject<{
        name: z.ZodString;
        type: z.ZodOptional<z.ZodNullable<z.ZodString>>;
        index: z.ZodOptional<z.ZodNullable<z.ZodNumber>>;
        label: z.ZodBoolean;
    }, z.core.$strip>>;
}, z.core.$strip>;
/** A feature view as Hopsworks holds it; features with their prefixes, in vector order by `index`. */
export type FeatureView = z.output<typeof featureView>;
export declare function featureViews(http: Http, { projectId, featureStoreId }: Scope): {
    get: (name: string, version: number, signal?: AbortSignal) => Promise<FeatureView | undefined>;
    getOrCreate: (definition: ViewDefinition, groups: readonly FeatureGroup[], signal?: AbortSignal) => Promise<{
        id: number;
        name: string;
        version: number;
        features: {
            name: string;
            type?: string | null | undefined;
            index?: number | null | undefined;
            label: boolean;
        }[];
    }>;
};
export {};
//# sourceMappingURL=feature-views.d.ts.map