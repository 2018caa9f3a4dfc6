import { AwsError } from '../../core/errors.ts'

export const invalidArgument = (message: string): AwsError => new AwsError('InvalidArgumentException', message)
export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message)
export const inUse = (message: string): AwsError => new AwsError('ResourceInUseException', message)
