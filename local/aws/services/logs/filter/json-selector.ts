import { AwsError } from '../../../core/errors.ts'

/** What a selector finds in an event; undefined when there is nothing. */
export type Selector = (value: unknown) => unknown

const step = /\.(?<name>[\w-]+)|\[(?:(?<index>\d+)|"(?<double>[^"]*)"|'(?<single>[^']*)')\]/g

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (Object.getOwnPropertyDescriptor(value, key)?.value as unknown)
    : undefined

/** `$.a.b`, `$.list[0]`, `$["with space"]`. */
export const selector = (path: string): Selector => {
  if (!path.startsWith('$') || path === '$') {
    const message = `Invalid filter pattern: '${path}' is not a selector such as $.level`
    throw new AwsError('InvalidParameterException', message)
  }
  const keys = [...path.matchAll(step)].map(
    ({ groups = {} }) => groups['name'] ?? groups['index'] ?? groups['double'] ?? groups['single'] ?? '',
  )
  return (value) => keys.reduce(member, value)
}
