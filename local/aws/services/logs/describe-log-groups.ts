import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineLogsOperation } from './define-logs-operation.ts'
import { LogGroupIdentifier, LogGroupName, logGroupArn, logGroupsOf, permission } from './log-groups.ts'
import { expire } from './retention.ts'

export default defineLogsOperation({
  name: 'DescribeLogGroups',
  input: z.strictObject({
    logGroupNamePrefix: LogGroupName.optional(),
    logGroupNamePattern: z.string().max(512).optional(),
    logGroupIdentifiers: z.array(LogGroupIdentifier).min(1).max(50).optional(),
    logGroupClass: z.enum(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']).optional(),
    limit: z.int().min(1).max(50).default(50),
    nextToken: z.string().min(1).optional(),
  }),
  needs: (_, platform) => [permission(platform, 'DescribeLogGroups', '')],
  run: (
    {
      logGroupNamePrefix: prefix = '',
      logGroupNamePattern: pattern = '',
      logGroupIdentifiers: names,
      logGroupClass,
      limit,
      nextToken: after = '',
    },
    { platform },
  ) => {
    if (prefix && pattern) {
      const message = 'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.'
      throw new AwsError('InvalidParameterException', message)
    }
    const found = logGroupsOf(platform)
      .list({ prefix, after })
      .map(({ value }) => value)
      .filter(({ name }) => name.toLowerCase().includes(pattern.toLowerCase()))
      .filter((group) => names?.includes(group.name) ?? true)
      .filter((group) => (logGroupClass ?? group.logGroupClass) === group.logGroupClass)
    const page = found.slice(0, limit).map((group) => expire(platform, group))
    return {
      logGroups: page.map(({ name, created, retentionInDays, kmsKeyId, storedBytes, logGroupClass: ofGroup }) => ({
        logGroupName: name,
        arn: `${logGroupArn(platform, name)}:*`,
        logGroupArn: logGroupArn(platform, name),
        creationTime: created,
        metricFilterCount: 0,
        retentionInDays,
        kmsKeyId,
        storedBytes,
        logGroupClass: ofGroup,
      })),
      nextToken: found.length > limit ? page.at(-1)?.name : undefined,
    }
  },
})
