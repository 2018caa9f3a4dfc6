import { isEventPath } from './delivery/event-path.ts'
import { templateVariables } from './delivery/fill-template.ts'
import { targetKind } from './delivery/target-kind.ts'
import type { Target } from './targets.ts'

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const inputProblem = ({ Id, Input, InputPath, InputTransformer }: Target): string | undefined => {
  const given = [Input, InputPath, InputTransformer].filter((each) => each !== undefined)
  if (given.length > 1) return `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`
  if (Input !== undefined && !isJson(Input)) return `JSON syntax error in Input for target ${Id}.`
  if (InputPath !== undefined && !isEventPath(InputPath)) return `Invalid InputPath for target ${Id}.`
  if (!InputTransformer) return undefined
  const { InputPathsMap, InputTemplate } = InputTransformer
  if (Object.keys(InputPathsMap).some((name) => name.startsWith('aws.')))
    return `Invalid InputPathsMap key for target ${Id}: names that begin with aws are reserved.`
  if (!Object.values(InputPathsMap).every(isEventPath)) return `Invalid InputPathsMap value for target ${Id}.`
  const unknown = templateVariables(InputTemplate).find(
    (name) => !Object.hasOwn(InputPathsMap, name) && !name.startsWith('aws.events.'),
  )
  if (unknown !== undefined)
    return `InputTemplate for target ${Id} contains placeholder ${unknown}, which is not defined.`
  return undefined
}

/** Why a target cannot be one, in AWS's words where they are known. */
export const targetProblem = (target: Target): string | undefined => {
  const { Id, Arn, RoleArn, SqsParameters, KinesisParameters, DeadLetterConfig } = target
  const kind = targetKind(Arn)
  if (!Arn.startsWith('arn:')) return `Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`
  if (!kind)
    return `${Arn} cannot be a target here: functions, queues, topics, streams, state machines and log groups can.`
  if ((kind === 'state machine' || kind === 'stream') && RoleArn === undefined)
    return `RoleArn is required for target ${Arn}.`
  if (KinesisParameters && !isEventPath(KinesisParameters.PartitionKeyPath))
    return `Invalid PartitionKeyPath for target ${Id}.`
  if (Arn.endsWith('.fifo') && SqsParameters?.MessageGroupId === undefined)
    return `Parameter(s) SqsParameters must be specified for target: ${Id}.`
  const deadLetters = DeadLetterConfig?.Arn
  if (deadLetters !== undefined && (targetKind(deadLetters) !== 'queue' || deadLetters.endsWith('.fifo')))
    return `The dead-letter queue of target ${Id} must be a standard SQS queue.`
  return inputProblem(target)
}
