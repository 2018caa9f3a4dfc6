/** What is wrong with a definition, as ValidateStateMachineDefinition reports it. */
export interface Problem {
  readonly severity: 'ERROR' | 'WARNING'
  /** `SCHEMA_VALIDATION_FAILED`, `MISSING_TRANSITION_TARGET`, `DUPLICATE_STATE_NAME`, `MISSING_END_STATE`, … */
  readonly code: string
  readonly message: string
  /** Slash path into the definition: `/States/Train the model/Next`. */
  readonly location: string
}

/** Takes problems while a definition is looked through. */
export type Report = (code: string, message: string, location: string) => void

/** Looks at one value of a definition. */
export type Check = (value: unknown, location: string, report: Report) => void

export const invalid = 'SCHEMA_VALIDATION_FAILED'
