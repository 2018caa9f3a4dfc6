import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { policyProblem } from '../../core/policy/policy-problem.ts'
import { bucketSetting } from './bucket-setting.ts'

const checked = (text: string): string => {
  const problem = policyProblem(text, 'resource')
  if (problem === undefined) return text
  throw new AwsError('MalformedPolicy', problem)
}

export default bucketSetting({
  query: 'policy',
  operations: { put: 'PutBucketPolicy', get: 'GetBucketPolicy', remove: 'DeleteBucketPolicy' },
  actions: { put: 's3:PutBucketPolicy', get: 's3:GetBucketPolicy' },
  member: 'Policy',
  schema: z.string().transform(checked),
  whole: true,
  missing: { code: 'NoSuchBucketPolicy', message: 'The bucket policy does not exist' },
  status: 204,
})
