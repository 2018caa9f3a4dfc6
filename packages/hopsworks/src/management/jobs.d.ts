import * as z from 'zod';
import type { Http } from './http.ts';
import type { Scope } from './scope.ts';
export declare const job: z.ZodObject<{
    name: z.ZodString;
    jobType: z.ZodOptional<z.ZodNullable<z.ZodString>>;
    config: z.ZodOptional<z.ZodNullable<z.ZodObject<{
        defaultArgs: z.ZodOptional<z.ZodNullable<z.ZodString>>;
    }, z.core.$loose>>>;
}, z.core.$strip>;
export type Job = z.output<typeof job>;
/** One run of a job. */
export interface Execution {
    readonly job: string;
    readonly id: number;
    readonly outcome: 'running' | 'succeeded' | 'failed';
    /** Hopsworks' own words for the state, and where the log is. */
    readonly detail: string;
}
/** Spark judges by `finalStatus`, other jobs by `state`; a state that we do not know counts as running. */
export declare function outcomeOf({ state, finalStatus }: {
    state: string;
    finalStatus?: string | null | undefined;
}): "failed" | "running" | "succeeded";
/** Names of the job that moves a stream group's rows from Kafka to the offline store, newest spelling first. */
export declare const materialisationJobs: ({ name, version }: {
    name: string;
    version: number;
}) => readonly string[];
export declare function jobs(http: Http, { projectId }: Scope): {
    get: (name: string | readonly string[], signal?: AbortSignal) => Promise<Job>;
    latest: (name: string, signal?: AbortSignal) => Promise<Execution | undefined>;
    /** The newest execution if it has not ended. */
    running(name: string, signal?: AbortSignal): Promise<Execution | undefined>;
    /** Starts a job, with its default arguments unless others are given. Not idempotent: ask `running` first. */
    start(name: string | readonly string[], args?: string, signal?: AbortSignal): Promise<Execution>;
    execution(name: string, id: number, signal?: AbortSignal): Promise<Execution>;
};
//# sourceMappingURL=jobs.d.ts.map