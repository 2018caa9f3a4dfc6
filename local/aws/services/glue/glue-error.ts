import { AwsError } from '../../core/errors.ts'

export const entityNotFound = (what: string): AwsError => new AwsError('EntityNotFoundException', `${what} not found.`)
export const invalidInput = (message: string): AwsError => new AwsError('InvalidInputException', message)
