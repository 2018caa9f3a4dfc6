import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn'
import type { SFNClient } from '@aws-sdk/client-sfn'

/** Starts the execution of a name, or finds the one that an earlier delivery started. */
export const startRun = async (sfn: SFNClient, machineArn: string, name: string, input: object) => {
  try {
    const request = { stateMachineArn: machineArn, name, input: JSON.stringify(input) }
    const { executionArn } = await sfn.send(new StartExecutionCommand(request))
    return { executionArn: executionArn ?? executionArnOf(machineArn, name), found: false }
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error
    return { executionArn: executionArnOf(machineArn, name), found: true }
  }
}

const executionArnOf = (machineArn: string, name: string) =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`
