import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { policyReport } from '@hopline/local-aws/policy-report'
import type { StatementUse } from '@hopline/local-aws/policy-report'
import { messageOf } from './message-of.ts'
import { root } from './root.ts'

const usage = `npm run policy -- [--state DIR]

  Lists each statement of the deployed roles that no recorded call needed, and each call that they refuse.
  Ends with 1 if there is one.

  --state DIR     where \`npm start\` left its data (default .hopline)
`

const nameOf = ({ role, policy, index, actions }: StatementUse) => `${role}, ${policy} ${index}: ${actions.join(', ')}`

const report = (state: string): number => {
  const { statements, refused, calls, recordings } = policyReport(state)
  const unneeded = statements.filter(({ neededBy }) => !neededBy)
  const lines = [
    `${statements.length} statements, ${calls} different calls in ${recordings} recordings`,
    ...unneeded.map((statement) => `  no call needed ${nameOf(statement)}`),
    ...refused.map(
      ({ principal, permission }) => `  refused to ${principal.arn}: ${permission.action} on ${permission.resource}`,
    ),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  return unneeded.length + refused.length > 0 ? 1 : 0
}

try {
  const { values } = parseArgs({
    options: { state: { type: 'string', default: '.hopline' }, help: { type: 'boolean' } },
  })
  if (values.help) process.stdout.write(usage)
  else process.exitCode = report(resolve(root, values.state))
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 2
}
