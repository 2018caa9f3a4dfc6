import * as z from 'zod'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const s3Uri = z.string().regex(/^s3:\/\/[^/]+\/.+/)
const request = z.record(z.string(), z.unknown()) // composed for SageMaker, which validates it

/** Input of the machine train-model; with `ablation` a second candidate is trained without the online features. */
export const trainInput = z.strictObject({ pipeline: z.string().min(1), ablation: z.boolean().optional() })
export type TrainInput = z.infer<typeof trainInput>

/** A candidate of a training run: the model that may be deployed, or the one that shows what the online features bring. */
export const candidateName = z.enum(['challenger', 'without-online'])
export type CandidateName = z.infer<typeof candidateName>

/** Event times in epoch milliseconds, `end` exclusive. */
export const span = z.strictObject({ start: z.int(), end: z.int() })
export type Span = z.infer<typeof span>

export const splits = z.strictObject({ train: span, validation: span, test: span })
export type Splits = z.infer<typeof splits>

const versioned = z.strictObject({ name: z.string().min(1), version: z.int().positive() })

/** What a training run is to do. `contract` is the hash of the contract, `groups` are the Hopsworks groups that it reads. */
export const trainPlan = z.strictObject({
  runId: z.string().min(1).max(80),
  pipeline: z.string().min(1),
  contract: hash,
  view: versioned,
  splits,
  groups: z.array(versioned).min(1),
  candidates: z.array(candidateName).min(1),
})
export type TrainPlan = z.infer<typeof trainPlan>

/** Executions of Hopsworks jobs that have been started and are waited for. */
export const jobExecutions = z.array(z.strictObject({ job: z.string().min(1), id: z.int() }))
export type JobExecutions = z.infer<typeof jobExecutions>

export const jobCheck = z.strictObject({ state: z.enum(['running', 'done', 'failed']), cause: z.string().optional() })
export type JobCheck = z.infer<typeof jobCheck>

/** A training dataset of Hopsworks and the S3 prefix under which its splits lie. */
export const snapshot = z.strictObject({ version: z.int().positive(), location: s3Uri })
export type Snapshot = z.infer<typeof snapshot>

/** Where manifest.json lies, its SHA-256 and the rows of each split. */
export const manifest = z.strictObject({
  uri: s3Uri,
  sha256: hash,
  rows: z.strictObject({ train: z.int().positive(), validation: z.int().positive(), test: z.int().positive() }),
})
export type Manifest = z.infer<typeof manifest>

/**
 * The requests by which SageMaker trains a candidate and scores the test split with it. The machine adds to them what
 * follows from the attempt: the ends of the jobs' names, the name of the model and where its artefact lies.
 */
export const composedCandidate = z.strictObject({
  name: candidateName,
  trainingJob: request,
  model: request,
  transformJob: request,
  predictionsUri: s3Uri,
})
export type ComposedCandidate = z.infer<typeof composedCandidate>

/** The model that is approved now, and the request that scores the same test split with it. */
export const champion = z.strictObject({
  modelPackageArn: z.string().min(1),
  transformJob: request,
  predictionsUri: s3Uri,
})
export type Champion = z.infer<typeof champion>

export const composition = z.strictObject({
  candidates: z.array(composedCandidate).min(1),
  champion: champion.nullable(),
})
export type Composition = z.infer<typeof composition>

/** What training-launcher is called with, by step. */
export const trainingLauncherEvent = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('plan'),
    pipeline: z.string().min(1),
    runId: z.string().min(1).max(80),
    ablation: z.boolean(),
  }),
  z.strictObject({ step: z.literal('materialise'), plan: trainPlan }),
  z.strictObject({ step: z.literal('check'), executions: jobExecutions }),
  z.strictObject({ step: z.literal('snapshot'), plan: trainPlan }),
  z.strictObject({ step: z.literal('manifest'), plan: trainPlan, snapshot }),
  z.strictObject({ step: z.literal('compose'), plan: trainPlan, manifest }),
])
export type TrainingLauncherEvent = z.infer<typeof trainingLauncherEvent>

/** What each step of training-launcher answers. */
export const trainingLauncherOutput = {
  plan: z.strictObject({ plan: trainPlan }),
  materialise: z.strictObject({ executions: jobExecutions }),
  check: jobCheck,
  snapshot: z.strictObject({ snapshot, executions: jobExecutions }),
  manifest: z.strictObject({ manifest }),
  compose: composition,
}

/** A candidate that has been trained and has scored the test split. */
export const scoredCandidate = z.strictObject({
  name: candidateName,
  trainingJobName: z.string().min(1),
  modelDataUrl: s3Uri,
  predictionsUri: s3Uri,
})
export type ScoredCandidate = z.infer<typeof scoredCandidate>

export const evaluatorEvent = z.strictObject({
  plan: trainPlan,
  manifest,
  candidates: z.array(scoredCandidate).min(1),
  champion: z.strictObject({ modelPackageArn: z.string().min(1), predictionsUri: s3Uri }).nullable(),
})
export type EvaluatorEvent = z.infer<typeof evaluatorEvent>

/** Area under the ROC curve, Brier score and expected calibration error, on the test split. */
export const metrics = z.strictObject({ auc: z.number(), brier: z.number(), calibration_error: z.number() })
export type Metrics = z.infer<typeof metrics>

export const verdict = z.enum(['promote', 'reject'])
export type Verdict = z.infer<typeof verdict>

/** Approval as SageMaker's model registry spells it. */
export const approval = z.enum(['Approved', 'Rejected', 'PendingManualApproval'])
export type Approval = z.infer<typeof approval>

/** Output of the evaluator, and of the machine train-model when the model passes. */
export const evaluation = z.strictObject({
  verdict,
  modelPackageArn: z.string().min(1),
  approval,
  reasons: z.array(z.string()),
  metrics,
  ablation: metrics.nullable(),
  champion: z.strictObject({ modelPackageArn: z.string().min(1), metrics }).nullable(),
  evaluationUri: s3Uri,
})
export type Evaluation = z.infer<typeof evaluation>
