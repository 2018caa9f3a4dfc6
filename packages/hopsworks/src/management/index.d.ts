export { connectHopsworks } from './connect.ts';
export type { Hopsworks, HopsworksSettings } from './connect.ts';
export { materialisationJobs } from './jobs.ts';
export type { Execution, Job } from './jobs.ts';
export type { FeatureDefinition, GroupDefinition, ViewDefinition, ViewJoin } from './definitions.ts';
export type { FeatureGroup } from './feature-groups.ts';
export type { FeatureView } from './feature-views.ts';
export type { S3Connector, S3ConnectorDefinition } from './connectors.ts';
export type { TrainingDataset, TrainingDatasetDefinition } from './training-datasets.ts';
export type { OnlineIngestion } from './online-ingestions.ts';
export type { Credentials } from './credentials.ts';
export type { KafkaConnector } from './kafka-connector.ts';
export type { Subject } from './subjects.ts';
export type { RetryPolicy } from '../retry.ts';
//# sourceMappingURL=index.d.ts.map