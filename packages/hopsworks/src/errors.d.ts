/** What every error of the client says. Built from picked fields: no header, body or `cause` of the HTTP library survives. */
export interface HopsworksErrorFields {
    /** HTTP status, or null when no reply arrived. */
    readonly status?: number | null;
    /** Hopsworks' `errorCode`, the vector server's `code`, or the socket's code such as `ECONNREFUSED`. */
    readonly code?: number | string | null;
    /** What Hopsworks says to the user (`usrMsg`). */
    readonly userMessage?: string | null;
    readonly method?: string;
    /** Path without host and query. */
    readonly path?: string;
    /** How long the server asked to be left alone. */
    readonly retryAfterMs?: number;
}
/** The family: whoever catches this catches everything that Hopsworks, its Kafka and its vector server can do to us. */
export declare class HopsworksError extends Error {
    readonly name: string;
    readonly status: number | null;
    readonly code: number | string | null;
    readonly userMessage: string | null;
    readonly method: string;
    readonly path: string;
    readonly retryAfterMs: number | undefined;
    /** Whether the same request may succeed later. */
    readonly retryable: boolean;
    constructor(message: string, fields?: HopsworksErrorFields);
}
/** No reply: connection refused, reset, name not found, deadline passed, certificate not trusted. */
export declare class HopsworksUnreachable extends HopsworksError {
    readonly name = "HopsworksUnreachable";
    readonly retryable = true;
}
/** 408, 429 and 5xx: the server is there and cannot serve now. */
export declare class HopsworksUnavailable extends HopsworksError {
    readonly name = "HopsworksUnavailable";
    readonly retryable = true;
}
/** 401 and 403: the API key is wrong, or lacks a scope. */
export declare class HopsworksUnauthorised extends HopsworksError {
    readonly name = "HopsworksUnauthorised";
}
/** 404, or one of the codes by which Hopsworks says that an entity does not exist. */
export declare class HopsworksNotFound extends HopsworksError {
    readonly name = "HopsworksNotFound";
}
/** Any other refusal: the request is wrong and stays wrong. */
export declare class HopsworksRejected extends HopsworksError {
    readonly name = "HopsworksRejected";
}
/** A reply with a success status that is not what the protocol says. */
export declare class HopsworksUnexpectedReply extends HopsworksError {
    readonly name = "HopsworksUnexpectedReply";
}
/** What is stored differs from what we defined, e.g. a group of another format. Nothing was written. */
export declare class HopsworksMismatch extends HopsworksError {
    readonly name = "HopsworksMismatch";
}
/** Kafka refused a batch, or its answer never came; `code` is Kafka's error code. */
export declare class HopsworksKafkaError extends HopsworksError {
    readonly name = "HopsworksKafkaError";
    readonly retryable: boolean;
    constructor(message: string, fields: {
        code: number | string | null;
        retryable: boolean;
    });
}
/** A row that the group's Avro schema cannot hold; names the column. The row's values stay out of the message. */
export declare class HopsworksBadRow extends HopsworksError {
    readonly name = "HopsworksBadRow";
}
/** The one place where a status and an error code become a class. */
export declare function refusal(what: string, fields: HopsworksErrorFields & {
    status: number;
}): HopsworksError;
//# sourceMappingURL=errors.d.ts.map