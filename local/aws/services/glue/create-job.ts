import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { passRole, trustsService } from '../../core/policy/pass-role.ts'
import { invalidInput } from './glue-error.ts'
import { jobMembers, jobName, jobTags, jobs, needs, roleArn } from './jobs.ts'

export default defineOperation({
  service: 'glue',
  name: 'CreateJob',
  input: z.strictObject({ Name: jobName, ...jobMembers, Tags: jobTags.optional() }),
  needs: ({ Name, Role }, platform) => [
    ...needs(platform, 'CreateJob', Name),
    passRole(roleArn(platform, Role), 'glue.amazonaws.com'),
  ],
  run({ Name, Tags = {}, ...members }, { platform }) {
    if (jobs(platform).get(Name)) throw new AwsError('AlreadyExistsException', `Job with name ${Name} already exists.`)
    const role = roleArn(platform, members.Role)
    if (!trustsService(platform, role, 'glue.amazonaws.com')) {
      throw invalidInput(`Role ${role} should be given assume role permissions for Glue Service.`)
    }
    const now = platform.clock.now()
    jobs(platform).put(Name, { ...members, Name, created: now, modified: now, tags: Tags })
    return { Name }
  },
})
