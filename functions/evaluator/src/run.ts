import type { AnyPipeline } from '@hopline/pipeline'
import type { Objects } from '@hopline/lambda/objects'
import type { Evaluation, EvaluatorEvent, GoldenRequest } from '@hopline/workflow'
import {
  approvalOf,
  contractKey,
  forStage,
  modelPackageGroupName,
  trainingImage,
  trainingPrefix,
} from '@hopline/workflow'
import { UnusableModel } from './errors.ts'
import { evaluate, headline } from './evaluate.ts'
import { readScored } from './read-scored.ts'
import type { Registry } from './registry.ts'
import type { Scored } from './scored.ts'

export interface Services {
  readonly objects: Objects
  readonly registry: Registry
  readonly pipeline: (name: string) => AnyPipeline
  readonly stage: string
  readonly region: string
  readonly dataBucket: string
}

const goldenRows = 8

/** Rows whose answers are known, for the deployer to ask the endpoint. */
const goldenOf = ({ features, probabilities }: Scored): GoldenRequest => ({
  instances: features.slice(0, goldenRows),
  probabilities: Array.from(probabilities.slice(0, goldenRows)),
})

/** Metadata values of the registry hold 256 characters. */
const brief = (text: string) => (text.length <= 256 ? text : `${text.slice(0, 255)}…`)

/** Judges the scored candidates, keeps the evidence, and registers the challenger: approved, waiting for a person, or rejected. */
export const run = async (event: EvaluatorEvent, services: Services): Promise<Evaluation> => {
  const { plan, manifest, candidates, champion } = event
  const { objects, stage, dataBucket } = services
  const pipeline = services.pipeline(plan.pipeline)
  const challenger = candidates.find(({ name }) => name === 'challenger')
  if (challenger === undefined) throw new UnusableModel('the run has scored no challenger')
  const ablation = candidates.find(({ name }) => name === 'without-online')

  const scored = async (predictionsUri: string) =>
    readScored(await objects.text(predictionsUri), { uri: predictionsUri, rows: manifest.rows.test })
  const rows = {
    challenger: await scored(challenger.predictionsUri),
    withoutOnline: ablation ? await scored(ablation.predictionsUri) : null,
    champion: champion ? await scored(champion.predictionsUri) : null,
  }
  const findings = evaluate(pipeline.evaluate, rows)

  const folder = `s3://${dataBucket}/${trainingPrefix(plan.pipeline, plan.runId)}`
  const evaluationUri = `${folder}evaluation.json`
  const goldenUri = `${folder}golden.json`
  const sha256 = await objects.sha256(challenger.modelDataUrl)
  const verdict = findings.reasons.length === 0 ? 'promote' : 'reject'
  const approval = approvalOf(verdict, forStage(pipeline.approve, stage))
  await objects.put(evaluationUri, JSON.stringify({ verdict, approval, ...findings, plan, manifest, sha256 }, null, 1))
  await objects.put(goldenUri, JSON.stringify(goldenOf(rows.challenger)))

  const modelPackageArn = await services.registry.register({
    group: modelPackageGroupName(plan.pipeline, stage),
    run: plan.runId,
    image: trainingImage(pipeline.train.framework, services.region),
    modelDataUrl: challenger.modelDataUrl,
    instance: forStage(pipeline.deploy.instance, stage),
    approval,
    description: `${plan.pipeline}: AUC ${findings.metrics.auc.toFixed(4)} on ${manifest.rows.test} test rows`,
    metricsUri: evaluationUri,
    properties: {
      run: plan.runId,
      contract: plan.contract,
      contractUri: `s3://${dataBucket}/${contractKey(plan.pipeline, plan.runId, challenger.name)}`,
      sha256,
      manifest: manifest.sha256,
      golden: goldenUri,
      evaluation: evaluationUri,
      reasons: brief(findings.reasons.join('; ') || 'none'),
      ...Object.fromEntries(Object.entries(headline(findings.metrics)).map(([name, value]) => [name, String(value)])),
    },
  })
  return {
    verdict,
    modelPackageArn,
    approval,
    reasons: [...findings.reasons],
    metrics: headline(findings.metrics),
    ablation: findings.ablation && headline(findings.ablation),
    champion:
      champion && findings.champion
        ? { modelPackageArn: champion.modelPackageArn, metrics: headline(findings.champion) }
        : null,
    evaluationUri,
  }
}
