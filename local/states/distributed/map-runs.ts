import type { StateGraph } from '../definition.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Outcome } from '../outcome.ts'

/** What a Map Run is started with. */
export interface MapRunPlan {
  /** The Map's Label, or one made from its name. */
  readonly label: string
  /** Every child execution runs this. */
  readonly graph: StateGraph
  readonly executionType: 'STANDARD' | 'EXPRESS'
  /** 0 is no limit. */
  readonly maxConcurrency: number
  readonly toleratedFailureCount: number
  readonly toleratedFailurePercentage: number
}

/** The input of one child execution, and how many items are in it. */
export interface Batch {
  readonly input: Json
  readonly items: number
}

/** An ItemReader or a ResultWriter with its fields filled in. */
export interface Transfer {
  /** `arn:aws:states:::s3:getObject`; a ResultWriter that only transforms has none. */
  readonly resource: string | undefined
  readonly arguments: Json
  /** ReaderConfig or WriterConfig; MaxItems is a number. */
  readonly config: JsonObject
}

/** The child executions of one distributed Map. */
export interface MapRun {
  readonly arn: string
  /** How often it has been redriven. */
  readonly redriveCount: number
  /** What `begin` was given, when the run is redriven. */
  readonly batches: readonly Batch[] | undefined
  /** The items of the Map. Rejects with States.ItemReaderFailed. */
  read(reader: Transfer): Promise<readonly Json[]>
  /** Keeps what the children will get; called once, before the first child. */
  begin(batches: readonly Batch[]): void
  /** Runs a child to its end; one that has succeeded before is not run again. An aborted signal stops it. */
  child(index: number, signal: AbortSignal): Promise<Outcome>
  /** Writes or transforms what the children gave; the answer is the Map's result. Rejects with States.ResultWriterFailed. */
  write(writer: Transfer): Promise<Json>
  end(status: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void
}

/** Who can start child executions. */
export interface MapRuns {
  start(plan: MapRunPlan): MapRun
  /** Goes on with a run that failed or was aborted. */
  redrive(arn: string, plan: MapRunPlan): MapRun
}
