import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { capabilitiesOf, checkTemplate } from './check-template.ts'
import { templateInput, templateText } from './submission.ts'
import { readTemplate } from './template.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'ValidateTemplate',
  input: z.strictObject(templateInput),
  needs: () => [{ action: 'cloudformation:ValidateTemplate', resource: '*' }],
  async run(input, { platform, principal }) {
    const template = readTemplate(await templateText(input, platform, principal))
    checkTemplate(template)
    const Capabilities = capabilitiesOf(template)
    return {
      Description: template.Description,
      Parameters: Object.entries(template.Parameters ?? {}).map(([ParameterKey, { Default, NoEcho, Description }]) => ({
        ParameterKey,
        DefaultValue: Default,
        NoEcho: String(NoEcho ?? false) === 'true',
        Description,
      })),
      Capabilities,
      CapabilitiesReason:
        Capabilities.length > 0 ? 'The following resource(s) require capabilities: IAM resources' : undefined,
    }
  },
})
