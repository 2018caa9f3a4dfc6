import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'

const repositoryName = z
  .string()
  .min(2)
  .max(256)
  .regex(/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/)

/** A registry without repositories: nothing here makes one, but `serverless remove` asks for the service's own. */
export default defineOperation({
  service: 'ecr',
  name: 'DescribeRepositories',
  input: z.strictObject({
    registryId: z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
    repositoryNames: z.array(repositoryName).min(1).max(100).optional(),
    nextToken: z.string().optional(),
    maxResults: z.int().min(1).max(1000).optional(),
  }),
  needs: ({ repositoryNames: [name] = ['*'] }, { region, account }) => [
    { action: 'ecr:DescribeRepositories', resource: `arn:aws:ecr:${region}:${account}:repository/${name}` },
  ],
  run({ registryId, repositoryNames }, { platform }) {
    if (!repositoryNames) return { repositories: [] }
    throw new AwsError(
      'RepositoryNotFoundException',
      `The repository with name '${repositoryNames.join(', ')}' does not exist in the registry with id '${registryId ?? platform.account}'`,
    )
  },
})
