import type { RetryPolicy } from '../retry.ts';
export interface HopsworksSettings {
    /** `https://host[:port]`. */
    readonly url: string;
    readonly project: string;
    readonly apiKey: string;
    /** PEM of the authority that signed the server's certificate; the system's authorities when absent. */
    readonly ca?: string | null | undefined;
    /** With both ids no call is made to connect. */
    readonly projectId?: number | undefined;
    readonly featureStoreId?: number | undefined;
    /** For one request; 10,000 by default. */
    readonly timeoutMs?: number | undefined;
    readonly retry?: RetryPolicy | undefined;
}
/** The management API of one project. */
export type Hopsworks = Awaited<ReturnType<typeof connectHopsworks>>;
/**
 * A client of one project's feature store. Every method may throw an error of the HopsworksError family, and takes an
 * AbortSignal last.
 */
export declare function connectHopsworks(settings: HopsworksSettings, signal?: AbortSignal): Promise<{
    project: string;
    projectId: number;
    featureStoreId: number;
    featureGroups: {
        get: (name: string, version: number, signal?: AbortSignal) => Promise<import("./feature-groups.ts").FeatureGroup | undefined>;
        getOrCreate: (definition: import("./definitions.ts").GroupDefinition, signal?: AbortSignal) => Promise<import("./feature-groups.ts").FeatureGroup>;
    };
    subjects: {
        latest: (group: {
            name: string;
            version: number;
        }, signal?: AbortSignal) => Promise<import("./subjects.ts").Subject>;
    };
    onlineIngestions: {
        start(groupId: number, rows: number, signal?: AbortSignal): Promise<import("./online-ingestions.ts").OnlineIngestion>;
        get(groupId: number, id: number, signal?: AbortSignal): Promise<import("./online-ingestions.ts").OnlineIngestion | undefined>;
    };
    featureViews: {
        get: (name: string, version: number, signal?: AbortSignal) => Promise<import("./feature-views.ts").FeatureView | undefined>;
        getOrCreate: (definition: import("./definitions.ts").ViewDefinition, groups: readonly import("./feature-groups.ts").FeatureGroup[], signal?: AbortSignal) => Promise<{
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
    trainingDatasets: {
        create(view: {
            readonly name: string;
            readonly version: number;
        }, definition: import("./training-datasets.ts").TrainingDatasetDefinition, signal?: AbortSignal): Promise<import("./training-datasets.ts").TrainingDataset>;
        list(view: {
            readonly name: string;
            readonly version: number;
        }, signal?: AbortSignal): Promise<import("./training-datasets.ts").TrainingDataset[]>;
        get: (view: {
            readonly name: string;
            readonly version: number;
        }, version: number, signal?: AbortSignal) => Promise<import("./training-datasets.ts").TrainingDataset | undefined>;
        compute(view: {
            readonly name: string;
            readonly version: number;
        }, version: number, bounds: {
            start: number;
            end: number;
        }, signal?: AbortSignal): Promise<import("./jobs.ts").Execution>;
    };
    jobs: {
        get: (name: string | readonly string[], signal?: AbortSignal) => Promise<import("./jobs.ts").Job>;
        latest: (name: string, signal?: AbortSignal) => Promise<import("./jobs.ts").Execution | undefined>;
        running(name: string, signal?: AbortSignal): Promise<import("./jobs.ts").Execution | undefined>;
        start(name: string | readonly string[], args?: string, signal?: AbortSignal): Promise<import("./jobs.ts").Execution>;
        execution(name: string, id: number, signal?: AbortSignal): Promise<import("./jobs.ts").Execution>;
    };
    connectors: {
        get: (name: string, signal?: AbortSignal) => Promise<import("./connectors.ts").S3Connector | undefined>;
        put: (definition: import("./connectors.ts").S3ConnectorDefinition, signal?: AbortSignal) => Promise<{
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
    credentials: (signal?: AbortSignal) => Promise<import("./credentials.ts").Credentials>;
    kafkaConnector: (signal?: AbortSignal) => Promise<import("./kafka-connector.ts").KafkaConnector>;
    /** A server variable (hopsworks.md 1.8), or undefined where it is not set. */
    variable(name: string): Promise<string | undefined>;
}>;
//# sourceMappingURL=connect.d.ts.map