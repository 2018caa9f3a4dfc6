import { isStateMachine, taskResources, validate } from '@hopline/local-states'
import type { Problem, StateMachine } from '@hopline/local-states'
import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { integrationOf } from '../tasks/integrations.ts'
import { expressProblems } from './check-express.ts'

const unknownResources = (platform: Platform, definition: unknown): Problem[] =>
  taskResources(definition).flatMap(({ resource, location }) => {
    const integration = integrationOf(platform, resource)
    return typeof integration === 'string'
      ? [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: integration, location }]
      : []
  })

/** Everything that is wrong with the text of a definition, resources that nothing here serves included. */
export const problemsOf = (platform: Platform, text: string, type: 'STANDARD' | 'EXPRESS'): Problem[] => {
  try {
    const definition: unknown = JSON.parse(text)
    const express = type === 'EXPRESS' ? expressProblems(definition) : []
    return [...validate(definition), ...unknownResources(platform, definition), ...express]
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return [{ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message: error.message, location: '/' }]
  }
}

/** Throws InvalidDefinition in AWS's words. */
export const checkDefinition = (platform: Platform, text: string, type: 'STANDARD' | 'EXPRESS'): void => {
  const problems = problemsOf(platform, text, type)
  if (problems.length === 0) return
  const listed = problems.map(({ code, message, location }) => `${code}: ${message} at ${location}`)
  throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${listed.join(', ')}'`)
}

/** The machine in a text that was checked when it was stored. */
export const readDefinition = (text: string): StateMachine => {
  const definition: unknown = JSON.parse(text)
  if (isStateMachine(definition)) return definition
  throw new Error('a stored definition is not valid')
}
