import { LambdaClient } from '@aws-sdk/client-lambda'
import type { DoctorCheck } from '@hopline/workflow'
import { Command } from 'commander'
import { CommandFailed, exitCodes } from '../command-failed.ts'
import { adviceFor } from './advice.ts'
import { doctor } from './doctor.ts'

interface Options {
  readonly stage: string
  readonly region?: string
  readonly json?: true
}

/** `hopline doctor`: when rows do not arrive, or before the first ones. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Lets the deployed feature-writer try Hopsworks, every Kafka broker that it advertises and the vector server.',
    )
    .requiredOption('--stage <stage>', 'the deployed stage, e.g. dev')
    .option('--region <region>', 'AWS region; else as the AWS SDK finds it')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nEnds with 0 where all can be used, 3 where one cannot, 4 where AWS does not let it look.')
    .action(run)
}

async function run({ stage, region, json }: Options): Promise<void> {
  const { checks } = await doctor(new LambdaClient(region === undefined ? {} : { region }), stage)
  const advised = checks.map((check) => ({ ...check, advice: check.cause === null ? null : adviceFor(check) }))
  process.stdout.write(json ? `${JSON.stringify({ stage, checks: advised })}\n` : inWords(checks))
  const broken = advised.filter(({ advice }) => advice !== null)
  const [first] = broken
  if (!first) return
  const message = `${broken.length} of ${checks.length} servers cannot be used from the function`
  throw new CommandFailed(message, [...new Set(broken.map(({ advice }) => advice))].join('\n  '), exitCodes.hopsworks)
}

/** One line a server, and below it why it cannot be used. */
export function inWords(checks: readonly DoctorCheck[]): string {
  const addresses = checks.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`)
  const width = Math.max(...addresses.map(({ length }) => length))
  return checks
    .map(({ what, ms, cause }, index) => {
      const line = `${cause === null ? '✔' : '✘'} ${what.padEnd(15)} ${addresses[index]?.padEnd(width)} ${ms} ms\n`
      return cause === null ? line : `${line}  ${cause}\n`
    })
    .join('')
}
