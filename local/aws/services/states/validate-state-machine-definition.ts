import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { problemsOf } from './machines/check-definition.ts'
import { definitionInput } from './machines/settings.ts'

export default defineOperation({
  service: 'states',
  name: 'ValidateStateMachineDefinition',
  input: z.strictObject({
    definition: definitionInput,
    type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
    severity: z.enum(['ERROR', 'WARNING']).optional(),
    maxResults: z.int().min(0).max(100).default(100),
  }),
  needs: () => [{ action: 'states:ValidateStateMachineDefinition', resource: '*' }],
  run: ({ definition, type, maxResults }, { platform }) => {
    const problems = problemsOf(platform, definition, type)
    const diagnostics = problems.slice(0, maxResults || 100)
    return {
      result: problems.length === 0 ? 'OK' : 'FAIL',
      diagnostics,
      truncated: diagnostics.length < problems.length,
    }
  },
})
