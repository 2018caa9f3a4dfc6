#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { connectCommand } from './connect/command.ts'
import { doctorCommand } from './doctor/command.ts'
import { CommandFailed } from './command-failed.ts'

const program = new Command('hopline')
  .description('Connects and looks after deployed Hopline stages.')
  .addHelpText('after', '\nExit codes: 0 done, 1 unexpected, 2 wrong usage, 3 Hopsworks refused or is away, 4 AWS did.')
  .exitOverride()
  .addCommand(connectCommand().exitOverride())
  .addCommand(doctorCommand().exitOverride())

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2 // commander has printed it
  } else if (error instanceof CommandFailed) {
    process.stderr.write(`hopline: ${error.message}\n  ${error.advice}\n`)
    process.exitCode = error.exitCode
  } else {
    process.stderr.write(`hopline: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exitCode = 1
  }
}
