/** When and how long to wait before trying again. All times in milliseconds. */
export interface RetryPolicy {
    /** No attempt starts later than this after the first one. */
    readonly totalMs: number;
    /** Upper bound of the first wait; it doubles with each attempt. */
    readonly baseMs: number;
    /** Upper bound of any wait that the server did not ask for. */
    readonly maxMs: number;
}
export declare const defaultRetry: RetryPolicy;
export interface FailedAttempt {
    /** 1 for the first. */
    readonly attempt: number;
    /** Since the first attempt began. */
    readonly elapsedMs: number;
    readonly idempotent: boolean;
    readonly error: {
        readonly retryable: boolean;
        readonly retryAfterMs?: number | undefined;
    };
}
/**
 * The wait before the next attempt, or undefined to give up. `Retry-After` wins over our own wait; ours has full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * @param random uniform in [0, 1)
 */
export declare function retryWaitMs(policy: RetryPolicy, failed: FailedAttempt, random: number): number | undefined;
/** Calls `once` until it succeeds or the policy gives up; the last error of the HopsworksError family is thrown. */
export declare function withRetries<T>(policy: RetryPolicy, once: () => Promise<T>, { idempotent, signal }?: {
    idempotent?: boolean;
    signal?: AbortSignal | undefined;
}): Promise<T>;
//# sourceMappingURL=retry.d.ts.map