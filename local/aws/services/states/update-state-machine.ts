import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { passRole } from '../../core/policy/pass-role.ts'
import { checkDefinition } from './machines/check-definition.ts'
import { checkLogging } from './machines/check-logging.ts'
import { requireManagedRules } from './machines/require-managed-rules.ts'
import { requireTrust } from './machines/require-trust.ts'
import { checkRoleArn, definitionInput, settingsInput } from './machines/settings.ts'
import { stateMachine, stateMachines } from './machines/state-machine.ts'
import { arnInput } from './names.ts'

/** Executions that run keep the definition and the role they started with. */
export default defineOperation({
  service: 'states',
  name: 'UpdateStateMachine',
  input: z.strictObject({
    stateMachineArn: arnInput,
    definition: definitionInput.optional(),
    roleArn: z.string().min(1).max(256).optional(),
    ...settingsInput,
  }),
  needs: ({ stateMachineArn, roleArn }) => [
    { action: 'states:UpdateStateMachine', resource: stateMachineArn },
    ...(roleArn === undefined ? [] : [passRole(roleArn, 'states.amazonaws.com')]),
  ],
  run: ({ stateMachineArn, definition, roleArn, loggingConfiguration, tracingConfiguration }, { platform }) => {
    const machine = stateMachine(platform, stateMachineArn)
    if ([definition, roleArn, loggingConfiguration, tracingConfiguration].every((given) => given === undefined)) {
      const message =
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified'
      throw new AwsError('MissingRequiredParameter', message)
    }
    if (roleArn !== undefined) {
      checkRoleArn(roleArn)
      requireTrust(platform, roleArn, stateMachineArn)
    }
    if (loggingConfiguration) checkLogging(platform, roleArn ?? machine.roleArn, loggingConfiguration)
    if (definition !== undefined) checkDefinition(platform, definition, machine.type)
    requireManagedRules(platform, roleArn ?? machine.roleArn, definition ?? machine.definition)
    const updatedAt = platform.clock.now()
    const revisionId = randomUUID()
    stateMachines(platform).put(machine.name, {
      ...machine,
      ...(definition !== undefined && { definition }),
      ...(roleArn !== undefined && { roleArn }),
      ...(loggingConfiguration && { loggingConfiguration }),
      ...(tracingConfiguration && { tracingConfiguration }),
      updatedAt,
      revisionId,
    })
    return { updateDate: new Date(updatedAt), revisionId }
  },
})
