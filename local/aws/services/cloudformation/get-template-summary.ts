import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { capabilitiesOf, checkTemplate } from './check-template.ts'
import { existingStack, stackArn } from './stacks.ts'
import { templateInput, templateText } from './submission.ts'
import { readTemplate } from './template.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'GetTemplateSummary',
  input: z.strictObject({ ...templateInput, StackName: z.string().optional() }),
  needs: ({ StackName }, platform) => [
    {
      action: 'cloudformation:GetTemplateSummary',
      resource: StackName === undefined ? '*' : stackArn(platform, StackName),
    },
  ],
  async run({ StackName, ...input }, { platform, principal }) {
    const body =
      StackName === undefined
        ? await templateText(input, platform, principal)
        : existingStack(platform, StackName).template
    const template = readTemplate(body)
    checkTemplate(template)
    return {
      Version: template.AWSTemplateFormatVersion,
      Description: template.Description,
      Parameters: Object.entries(template.Parameters ?? {}).map(([ParameterKey, rules]) => ({
        ParameterKey,
        DefaultValue: rules.Default,
        ParameterType: rules.Type,
        NoEcho: String(rules.NoEcho ?? false) === 'true',
        Description: rules.Description,
        ParameterConstraints: { AllowedValues: rules.AllowedValues ?? [] },
      })),
      Capabilities: capabilitiesOf(template),
      ResourceTypes: [...new Set(Object.values(template.Resources).map(({ Type }) => Type))],
    }
  },
})
