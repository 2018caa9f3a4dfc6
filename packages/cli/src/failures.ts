import { HopsworksError, HopsworksUnauthorised, HopsworksUnreachable } from '@hopline/hopsworks/errors'
import { CommandFailed, exitCodes } from './command-failed.ts'

/** Runs a step that talks to Hopsworks; its errors end the command with advice. */
export async function fromHopsworks<T>(what: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof HopsworksError)) throw error
    throw new CommandFailed(`Hopsworks, ${what}: ${error.message}`, hopsworksAdvice(error), exitCodes.hopsworks)
  }
}

function hopsworksAdvice(error: HopsworksError): string {
  if (error instanceof HopsworksUnauthorised) {
    return 'Check the key file and the scopes of the key: featurestore, project, job and kafka.'
  }
  if (error instanceof HopsworksUnreachable) {
    return /CERT|SIGN|ISSUER|ALTNAME/.test(String(error.code))
      ? 'The certificate is not trusted: give its authority by --ca.'
      : 'Check the host, the port and whether this machine may reach it.'
  }
  return error.retryable
    ? 'Hopsworks is busy or restarting: try again.'
    : 'Check the project name and the Hopsworks version.'
}

/** Runs a step that talks to AWS; its errors end the command with advice, by the error's name where the step has its own. */
export async function fromAws<T>(
  what: string,
  step: () => Promise<T>,
  advice: Readonly<Record<string, string>> = {},
): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof CommandFailed || !(error instanceof Error)) throw error
    const { name, message } = error
    throw new CommandFailed(`${what}: ${name}: ${message}`, advice[name] ?? awsAdvice(name), exitCodes.aws)
  }
}

function awsAdvice(name: string): string {
  if (/Credentials|Token|SignatureDoesNotMatch/.test(name)) return 'Check the AWS credentials and the region.'
  if (/AccessDenied/.test(name)) {
    return 'These credentials need cloudformation:DescribeStacks, secretsmanager:GetSecretValue and PutSecretValue.'
  }
  if (name === 'ResourceNotFoundException') return 'Deploy the stage again: its template makes the secrets.'
  return 'Check the region and that AWS can be reached.'
}
