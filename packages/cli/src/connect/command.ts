import { readFile } from 'node:fs/promises'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { Command } from 'commander'
import { CommandFailed, exitCodes } from '../command-failed.ts'
import { parseAccessKey } from './access-key.ts'
import { connect } from './connect.ts'
import type { Connected } from './connect.ts'
import { parseAddress } from './vector-server.ts'

interface Options {
  readonly stage: string
  readonly hopsworksUrl: string
  readonly project: string
  readonly readerKeyFile: string
  readonly writerKeyFile: string
  readonly ca?: string
  readonly vectors?: string
  readonly s3Endpoint?: string
  readonly snapshotKeyFile?: string
  readonly region?: string
  readonly json?: true
}

/** `hopline connect`: once after the first deployment, and again when a key or an address changed. */
export function connectCommand(): Command {
  return new Command('connect')
    .description('Introduces a deployed stage and a Hopsworks project to each other. Safe to repeat.')
    .requiredOption('--stage <stage>', 'the deployed stage, e.g. dev')
    .requiredOption('--hopsworks-url <url>', 'https://host[:port]')
    .requiredOption('--project <name>', 'project in Hopsworks')
    .requiredOption('--reader-key-file <file>', 'API key that may only read feature vectors')
    .requiredOption('--writer-key-file <file>', 'API key with the scopes featurestore, project, job and kafka')
    .option('--ca <file>', 'PEM of the authority that signed the certificates of Hopsworks')
    .option('--vectors <host:port>', 'vector server; looked up in Hopsworks when absent')
    .option('--s3-endpoint <url>', 'S3 for Hopsworks to write snapshots to, where it is not AWS')
    .option(
      '--snapshot-key-file <file>',
      'AWS access key, as `aws iam create-access-key` prints it, for a Hopsworks without an instance role; its user may write snapshots/* only',
    )
    .option('--region <region>', 'AWS region; else as the AWS SDK finds it')
    .option('--json', 'print one JSON object')
    .action(run)
}

async function run(options: Options): Promise<void> {
  const region = options.region === undefined ? {} : { region: options.region }
  const connected = await connect(
    {
      stage: options.stage,
      url: options.hopsworksUrl,
      project: options.project,
      readerKey: await readText('--reader-key-file', options.readerKeyFile),
      writerKey: await readText('--writer-key-file', options.writerKeyFile),
      ca: options.ca === undefined ? null : await readText('--ca', options.ca),
      vectors: options.vectors === undefined ? undefined : parseAddress(options.vectors),
      s3Endpoint: options.s3Endpoint,
      snapshotKey:
        options.snapshotKeyFile === undefined
          ? undefined
          : parseAccessKey(await readText('--snapshot-key-file', options.snapshotKeyFile)),
    },
    { stacks: new CloudFormationClient(region), secrets: new SecretsManagerClient(region) },
  )
  process.stdout.write(`${options.json ? JSON.stringify(connected) : inWords(connected)}\n`)
}

async function readText(option: string, file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(`${option} ${file}: ${error.code}`, 'Name a file that you can read.', exitCodes.usage)
  })
  if (text.trim() === '') {
    throw new CommandFailed(`${option} ${file} is empty`, 'Put the key or certificate into it.', exitCodes.usage)
  }
  return text.trim()
}

const inWords = (connected: Connected): string =>
  [
    `Stack ${connected.stack} in ${connected.region} and Hopsworks project ${connected.project} know each other.`,
    `  Hopsworks ${connected.version}, project id ${connected.projectId}, feature store id ${connected.featureStoreId}`,
    `  vector server ${connected.vectors.host}:${connected.vectors.port} answers`,
    `  storage connector ${connected.connector.name} → s3://${connected.connector.bucket}: ${connected.connector.change}`,
    ...connected.secrets.map(({ name, change }) => `  secret ${name}: ${change}`),
  ].join('\n')
