export { boolean, date, decimal, double, int, long, string, timestamp } from './columns.ts'
export type { Column, ColumnOptions } from './columns.ts'
export { definePipeline } from './define-pipeline.ts'
export { durationMicros, durationMs } from './duration.ts'
export type { Duration } from './duration.ts'
export { UnknownOperator } from './expression/compile.ts'
export type { Node } from './expression/node.ts'
export { featureGroup } from './feature-group.ts'
export type { FeatureGroup } from './feature-group.ts'
export { featureView } from './feature-view.ts'
export type { FeatureView } from './feature-view.ts'
export type { AnyPipeline, Pipeline, RequestOf, VectorOf } from './pipeline.ts'
export { InvalidPipeline } from './problems/invalid-pipeline.ts'
export type { Problem } from './problems/invalid-pipeline.ts'
export { range } from './settings.ts'
export type {
  Bounds,
  EvaluateSettings,
  HigherIsBetter,
  LowerIsBetter,
  Metric,
  PerStage,
  Range,
  TrainSettings,
} from './settings.ts'
export { kinesis, postgres, s3 } from './sources.ts'
export type { Source } from './sources.ts'
export type { Kind, Type, Value, Values } from './value.ts'
export { count, max, mean, min, share, sum } from './windows/aggregates.ts'
export { windowed } from './windows/windowed.ts'
export type { WindowGroup } from './windows/windowed.ts'

export { groupOfObject, objectPatterns } from './object-patterns.ts'
export { columnsOf } from './rows/columns-of.ts'
export type { SourceColumn } from './rows/columns-of.ts'
export { clockOf, eventTimeOf, keyOf } from './rows/of-row.ts'
export { formatTimestamp, parseTimestamp } from './rows/parse-timestamp.ts'
export { reasons } from './rows/refusal.ts'
export type { Reason } from './rows/refusal.ts'
export { rowFunction } from './rows/row-function.ts'
export { rowValidator } from './rows/row-validator.ts'
export type { Validated } from './rows/row-validator.ts'
export { touched } from './windows/touched.ts'
export type { Touched } from './windows/touched.ts'
export { windowTiles } from './windows/window-tiles.ts'
export type { WindowTiles } from './windows/window-tiles.ts'

export { contractOf, contractWithout } from './contract/contract-of.ts'
export { contractSchema, InvalidContract, parseContract } from './contract/contract.ts'
export type { Contract, ContractFeature, RequestColumn } from './contract/contract.ts'
export { jsonValue } from './contract/json-value.ts'
export type { JsonValue } from './contract/json-value.ts'
export { requestFunction, requestTime } from './contract/request-function.ts'
export { requestSchema } from './contract/request-schema.ts'

export { avroSchema } from './hopsworks/avro-schema.ts'
export type { AvroRecord } from './hopsworks/avro-schema.ts'
export type { FeatureDefinition, GroupDefinition, JoinDefinition, ViewDefinition } from './hopsworks/definitions.ts'
export { featureGroupRequests, hopsworksGroupName, tileEnd, watermarkRow } from './hopsworks/groups.ts'
export type { PipelineGroups } from './hopsworks/groups.ts'
export { featureViewRequests } from './hopsworks/views.ts'
export type { PipelineViews } from './hopsworks/views.ts'
