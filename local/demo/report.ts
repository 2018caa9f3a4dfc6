import { awsEnvironment } from '../platform.ts'
import type { LocalAws } from '../platform.ts'
import type { Stack } from '../stack.ts'
import type { Counts } from './ingest.ts'
import type { Prediction } from './predict.ts'
import { predictUrl, question } from './predict.ts'
import type { Evaluation } from './train.ts'

const number = (value: number) => value.toLocaleString('en-US')

export interface Results {
  readonly aws: LocalAws
  readonly stack: Stack
  readonly counts: Counts
  readonly evaluation: Evaluation
  readonly prediction: Prediction
  readonly predictionMs: number
}

const features = ({ features: vector }: Prediction) =>
  Object.entries(vector).map(([name, { value, age }]) => {
    const shown = typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(3) : String(value)
    const aged = typeof age === 'number' ? `${Math.round(age / 60)} min behind` : 'from the request'
    return `    ${name.padEnd(22)} ${shown.padStart(9)}   ${aged}`
  })

/** What came of it, and the lines to go on by hand. */
export const report = ({ counts, evaluation, prediction, predictionMs }: Results): string[] => [
  '',
  '  Rows',
  `    read ${number(counts.read)} = written ${number(counts.written)} + superseded ${number(counts.superseded)} + quarantined ${number(counts.quarantined)}`,
  '',
  '  AUC on the newest five days',
  `    with the online features     ${evaluation.metrics.auc.toFixed(4)}   (Brier ${evaluation.metrics.brier.toFixed(4)}, calibration error ${evaluation.metrics.calibration_error.toFixed(4)})`,
  `    without them                 ${evaluation.ablation?.auc.toFixed(4) ?? 'not trained'}`,
  '',
  `  Feature vector of ${JSON.stringify(question)}`,
  ...features(prediction),
  ...(prediction.missing.length > 0 ? [`    missing: ${prediction.missing.join(', ')}`] : []),
  '',
  '  Prediction',
  `    more than 15 minutes late: ${prediction.prediction ? 'yes' : 'no'}, probability ${prediction.probability.toFixed(3)} (${prediction.model}, ${predictionMs.toFixed(0)} ms)`,
]

/** Lines that work when they are pasted into a shell. */
export const byHand = ({ aws, stack }: Pick<Results, 'aws' | 'stack'>): string[] => {
  const { AWS_ENDPOINT_URL, ...keys } = awsEnvironment(aws)
  // The AWS CLI of version 1 does not look at AWS_REGION.
  const environment = Object.entries({ ...keys, AWS_DEFAULT_REGION: aws.region }).map(
    ([name, value]) => `${name}=${value}`,
  )
  return [
    '',
    '  Go on by hand',
    `    curl --aws-sigv4 aws:amz:${aws.region}:execute-api --user ${aws.accessKeyId}:${aws.secretAccessKey} -H 'content-type: application/json' -d '${JSON.stringify(question)}' ${predictUrl(stack)}`,
    '',
    `    export ${environment.join(' ')}`,
    `    aws --endpoint-url ${AWS_ENDPOINT_URL} stepfunctions list-executions --state-machine-arn ${stack.ingestMachine}`,
    `    aws --endpoint-url ${AWS_ENDPOINT_URL} s3 ls --recursive s3://${stack.dataBucket}/quarantine/`,
    '',
  ]
}
