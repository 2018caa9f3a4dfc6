import * as z from 'zod'
import { document, flag, tags, text } from '../property-values.ts'
import type { Made } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'
import { retag } from './retag.ts'

const properties = z.strictObject({
  StateMachineName: text.optional(),
  StateMachineType: z.enum(['STANDARD', 'EXPRESS']).optional(),
  RoleArn: text,
  Definition: document.optional(),
  DefinitionString: text.optional(),
  DefinitionSubstitutions: z.record(z.string(), text).optional(),
  LoggingConfiguration: z
    .strictObject({
      Level: text.optional(),
      IncludeExecutionData: flag.optional(),
      Destinations: z
        .array(z.strictObject({ CloudWatchLogsLogGroup: z.strictObject({ LogGroupArn: text }) }))
        .optional(),
    })
    .optional(),
  TracingConfiguration: z.strictObject({ Enabled: flag }).optional(),
  Tags: z.array(tags.element).optional(),
})

type Properties = z.infer<typeof properties>

const placeholder = /\$\{([A-Za-z0-9_]+)\}/g

/** The machine's text: `${Name}` stands for a substitution, inside JSON text or a name of its own. */
const definition = ({ Definition, DefinitionString, DefinitionSubstitutions = {} }: Properties): string => {
  if ((Definition === undefined) === (DefinitionString === undefined)) {
    throw new Error('#: exactly one of [Definition, DefinitionString] is required')
  }
  return (DefinitionString ?? JSON.stringify(Definition)).replace(placeholder, (whole, name: string) => {
    const value = DefinitionSubstitutions[name]
    return value === undefined ? whole : JSON.stringify(value).slice(1, -1)
  })
}

const logging = ({ LoggingConfiguration }: Properties) =>
  LoggingConfiguration && {
    loggingConfiguration: {
      ...(LoggingConfiguration.Level !== undefined && { level: LoggingConfiguration.Level }),
      ...(LoggingConfiguration.IncludeExecutionData !== undefined && {
        includeExecutionData: LoggingConfiguration.IncludeExecutionData,
      }),
      ...(LoggingConfiguration.Destinations && {
        destinations: LoggingConfiguration.Destinations.map(({ CloudWatchLogsLogGroup: { LogGroupArn } }) => ({
          cloudWatchLogsLogGroup: { logGroupArn: LogGroupArn },
        })),
      }),
    },
  }

const tracing = ({ TracingConfiguration }: Properties) =>
  TracingConfiguration && { tracingConfiguration: { enabled: TracingConfiguration.Enabled } }

const ownTags = (list: readonly z.infer<typeof tags.element>[]) =>
  list.map(({ Key, Value }) => ({ key: Key, value: Value }))

const made = (arn: string): Made => ({ physicalId: arn, attributes: { Arn: arn, Name: arn.split(':').at(-1) ?? '' } })

export default defineResource({
  type: 'AWS::StepFunctions::StateMachine',
  properties,
  replacedBy: ['StateMachineName', 'StateMachineType'],
  async create(machine, { call, name }) {
    const { stateMachineArn } = await call<{ stateMachineArn: string }>('states', 'CreateStateMachine', {
      name: machine.StateMachineName ?? name(80),
      roleArn: machine.RoleArn,
      definition: definition(machine),
      type: machine.StateMachineType ?? 'STANDARD',
      ...logging(machine),
      ...tracing(machine),
      ...(machine.Tags && { tags: ownTags(machine.Tags) }),
    })
    return made(stateMachineArn)
  },
  async update(machine, { physicalId: resourceArn, properties: before }, { call }) {
    await call('states', 'UpdateStateMachine', {
      stateMachineArn: resourceArn,
      roleArn: machine.RoleArn,
      definition: definition(machine),
      ...(logging(machine) ?? {
        loggingConfiguration: { level: 'OFF', includeExecutionData: false, destinations: [] },
      }),
      ...(tracing(machine) ?? { tracingConfiguration: { enabled: false } }),
    })
    await retag(
      { before: before.Tags, after: machine.Tags },
      {
        put: (Tags) => call('states', 'TagResource', { resourceArn, tags: ownTags(Tags) }),
        remove: (tagKeys) => call('states', 'UntagResource', { resourceArn, tagKeys }),
      },
    )
    return made(resourceArn)
  },
  async delete({ physicalId }, { call }) {
    await call('states', 'DeleteStateMachine', { stateMachineArn: physicalId })
  },
})
