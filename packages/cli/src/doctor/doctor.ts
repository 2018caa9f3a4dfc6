import { InvokeCommand } from '@aws-sdk/client-lambda'
import type { LambdaClient } from '@aws-sdk/client-lambda'
import { doctorReport, functionName } from '@hopline/workflow'
import type { DoctorReport } from '@hopline/workflow'
import * as z from 'zod'
import { CommandFailed, exitCodes } from '../command-failed.ts'
import { fromAws } from '../failures.ts'

const functionError = z.object({ errorType: z.string().default('Error'), errorMessage: z.string().default('') })

/** Lets the stage's feature-writer look at its own connections, from where it runs and with its own role. */
export async function doctor(lambda: Pick<LambdaClient, 'send'>, stage: string): Promise<DoctorReport> {
  const FunctionName = functionName(stage, 'feature-writer')
  const Payload = JSON.stringify({ step: 'doctor' })
  const reply = await fromAws('Lambda', () => lambda.send(new InvokeCommand({ FunctionName, Payload })), {
    AccessDeniedException: `These credentials need lambda:InvokeFunction on ${FunctionName}.`,
    ResourceNotFoundException: `Deploy it first: npx serverless deploy --stage ${stage}`,
  })
  const said: unknown = JSON.parse(Buffer.from(reply.Payload ?? []).toString() || 'null')
  if (reply.FunctionError !== undefined) throw failed(FunctionName, said)
  const report = doctorReport.safeParse(said)
  if (report.success) return report.data
  const advice = `Deploy the stage again: npx serverless deploy --stage ${stage}`
  throw new CommandFailed(`${FunctionName} does not know the step doctor`, advice, exitCodes.aws)
}

function failed(name: string, said: unknown): CommandFailed {
  const { errorType, errorMessage } = functionError.catch({ errorType: 'Error', errorMessage: '' }).parse(said)
  const advice = /Secret|ResourceNotFound/.test(errorType)
    ? 'Fill the secrets of the stage first: hopline connect.'
    : `Read the function's log: /aws/lambda/${name}.`
  return new CommandFailed(`${name}: ${errorType}: ${errorMessage}`, advice, exitCodes.aws)
}
