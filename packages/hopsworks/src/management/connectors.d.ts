import * as z from 'zod';
import type { Http } from './http.ts';
import type { Scope } from './scope.ts';
/** Credentials that Hopsworks may send along are dropped here. */
export declare const s3Connector: z.ZodObject<{
    id: z.ZodNumber;
    name: z.ZodString;
    featurestoreId: z.ZodNumber;
    storageConnectorType: z.ZodString;
    type: z.ZodDefault<z.ZodString>;
    bucket: z.ZodPipe<z.ZodOptional<z.ZodNullable<z.ZodString>>, z.ZodTransform<string, string | null | undefined>>;
    path: z.ZodPipe<z.ZodOptional<z.ZodNullable<z.ZodString>>, z.ZodTransform<string, string | null | undefined>>;
    region: z.ZodPipe<z.ZodOptional<z.ZodNullable<z.ZodString>>, z.ZodTransform<string, string | null | undefined>>;
    iamRole: z.ZodPipe<z.ZodOptional<z.ZodNullable<z.ZodString>>, z.ZodTransform<string, string | null | undefined>>;
    arguments: z.ZodPipe<z.ZodOptional<z.ZodNullable<z.ZodArray<z.ZodObject<{
        name: z.ZodString;
        value: z.ZodOptional<z.ZodNullable<z.ZodString>>;
    }, z.core.$strip>>>>, z.ZodTransform<{
        name: string;
        value?: string | null | undefined;
    }[], {
        name: string;
        value?: string | null | undefined;
    }[] | null | undefined>>;
}, z.core.$strip>;
/** A storage connector for an S3 bucket, without its credentials. */
export type S3Connector = z.output<typeof s3Connector>;
export interface S3ConnectorDefinition {
    readonly name: string;
    readonly description: string;
    readonly bucket: string;
    /** Folder inside the bucket, '' for its root. */
    readonly path: string;
    readonly region: string;
    /** ARN of the role that Hopsworks assumes. */
    readonly iamRole: string;
    /** Spark properties, e.g. `fs.s3a.endpoint`. */
    readonly arguments: Readonly<Record<string, string>>;
}
export declare function connectors(http: Http, { projectId, featureStoreId }: Scope): {
    get: (name: string, signal?: AbortSignal) => Promise<S3Connector | undefined>;
    put: (definition: S3ConnectorDefinition, signal?: AbortSignal) => Promise<{
        connector: {
            id: number;
            name: string;
            featurestoreId: number;
            storageConnectorType: string;
            type: string;
            bucket: string;
            path: string;
            region: string;
            iamRole: string;
            arguments: {
                name: string;
                value?: string | null | undefined;
            }[];
        };
        change: 'unchanged';
    } | {
        connector: {
            id: number;
            name: string;
            featurestoreId: number;
            storageConnectorType: string;
            type: string;
            bucket: string;
            path: string;
            region: string;
            iamRole: string;
            arguments: {
                name: string;
                value?: string | null | undefined;
            }[];
        };
        change: 'created';
    } | {
        connector: {
            id: number;
            name: string;
            featurestoreId: number;
            storageConnectorType: string;
            type: string;
            bucket: string;
            path: string;
            region: string;
            iamRole: string;
            arguments: {
                name: string;
                value?: string | null | undefined;
            }[];
        };
        change: 'updated';
    }>;
};
//# sourceMappingURL=connectors.d.ts.map