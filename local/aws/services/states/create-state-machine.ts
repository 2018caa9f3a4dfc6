import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { passRole } from '../../core/policy/pass-role.ts'
import { checkDefinition } from './machines/check-definition.ts'
import { checkLogging } from './machines/check-logging.ts'
import { requireManagedRules } from './machines/require-managed-rules.ts'
import { requireTrust } from './machines/require-trust.ts'
import { checkRoleArn, definitionInput, noLogging, noTracing, settingsInput } from './machines/settings.ts'
import type { StateMachineRecord } from './machines/state-machine.ts'
import { stateMachines } from './machines/state-machine.ts'
import { addTags, tagsInput } from './machines/tags.ts'
import { checkName, machineArn, nameInput } from './names.ts'

const same = (a: StateMachineRecord, b: StateMachineRecord) =>
  a.definition === b.definition &&
  a.type === b.type &&
  JSON.stringify(a.loggingConfiguration) === JSON.stringify(b.loggingConfiguration) &&
  a.tracingConfiguration.enabled === b.tracingConfiguration.enabled

/** A second request with the same name and definition gets the first one's answer; role and tags are not compared. */
export default defineOperation({
  service: 'states',
  name: 'CreateStateMachine',
  input: z.strictObject({
    name: nameInput,
    definition: definitionInput,
    roleArn: z.string().min(1).max(256),
    type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
    tags: tagsInput.default([]),
    ...settingsInput,
  }),
  needs: ({ name, roleArn, tags }, platform) => [
    { action: 'states:CreateStateMachine', resource: machineArn(platform, name) },
    passRole(roleArn, 'states.amazonaws.com'),
    ...(tags.length > 0 ? [{ action: 'states:TagResource', resource: machineArn(platform, name) }] : []),
  ],
  run: ({ name, definition, roleArn, type, tags, ...settings }, { platform }) => {
    const { loggingConfiguration = noLogging, tracingConfiguration = noTracing } = settings
    checkName(name)
    checkRoleArn(roleArn)
    checkDefinition(platform, definition, type)
    const arn = machineArn(platform, name)
    requireTrust(platform, roleArn, arn)
    checkLogging(platform, roleArn, loggingConfiguration)
    requireManagedRules(platform, roleArn, definition)
    const createdAt = platform.clock.now()
    const made = { name, arn, roleArn, type, definition, loggingConfiguration, tracingConfiguration, createdAt }
    const kept = stateMachines(platform).get(name)
    if (kept && !same(kept, made)) {
      throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`)
    }
    if (!kept) {
      platform.store.transaction(() => {
        stateMachines(platform).put(name, made)
        addTags(platform, arn, tags)
      })
    }
    return { stateMachineArn: arn, creationDate: new Date(kept?.createdAt ?? createdAt) }
  },
})
