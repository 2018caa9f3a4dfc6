import * as z from 'zod';
import type { S3Connector } from './connectors.ts';
import type { Http } from './http.ts';
import type { Execution } from './jobs.ts';
import type { Scope } from './scope.ts';
declare const trainingDataset: z.ZodObject<{
    version: z.ZodNumber;
    location: z.ZodOptional<z.ZodNullable<z.ZodString>>;
    description: z.ZodOptional<z.ZodNullable<z.ZodString>>;
    splits: z.ZodOptional<z.ZodNullable<z.ZodArray<z.ZodObject<{
        name: z.ZodString;
    }, z.core.$strip>>>>;
}, z.core.$strip>;
/** A training dataset; each split lies under `{location}/{split name}/`. */
export type TrainingDataset = z.output<typeof trainingDataset>;
type ViewVersion = {
    readonly name: string;
    readonly version: number;
};
export interface TrainingDatasetDefinition {
    readonly description?: string;
    /** Rows whose event time lies in [start, end), in milliseconds since 1970 UTC. */
    readonly splits: readonly {
        readonly name: string;
        readonly start: number;
        readonly end: number;
    }[];
    /** The sink. */
    readonly connector: S3Connector;
    /** Folder in the connector's bucket. */
    readonly path: string;
    readonly format: 'parquet';
}
export declare function trainingDatasets(http: Http, scope: Scope): {
    /** Registers a dataset; the server gives it the next version. Nothing is written before `compute`. */
    create(view: ViewVersion, definition: TrainingDatasetDefinition, signal?: AbortSignal): Promise<TrainingDataset>;
    /** All datasets of a view, oldest first. */
    list(view: ViewVersion, signal?: AbortSignal): Promise<TrainingDataset[]>;
    get: (view: ViewVersion, version: number, signal?: AbortSignal) => Promise<TrainingDataset | undefined>;
    /**
     * Starts the job that writes the dataset, and returns its execution.
     * @param bounds event times in milliseconds that enclose all splits
     */
    compute(view: ViewVersion, version: number, bounds: {
        start: number;
        end: number;
    }, signal?: AbortSignal): Promise<Execution>;
};
export declare function createBody(view: ViewVersion, definition: TrainingDatasetDefinition): object;
export {};
//# sourceMappingURL=training-datasets.d.ts.map