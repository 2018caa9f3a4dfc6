import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'
import { imageSettings } from './environment.ts'
import { prepareImage } from './prepare-image.ts'
import type { PreparedImage } from './prepare-image.ts'

const actions = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']

/** `1.dkr.ecr.us-east-1.amazonaws.com/name:tag` as policies name it. */
const repositoryArn = (uri: string) => {
  const [, account, region, name] = /^(\d+)\.dkr\.ecr\.([a-z0-9-]+)\.[^/]+\/([^:@]+)/.exec(uri) ?? []
  return `arn:aws:ecr:${region}:${account}:repository/${name}`
}

/** Has an image ready for an instance, which may pull it with the rights of its role only. */
export const pullImage = async (
  platform: Platform,
  uri: string,
  { roleArn, session, onLine }: { roleArn: string; session: string; onLine: (line: string) => void },
): Promise<PreparedImage> => {
  const resource = repositoryArn(uri)
  platform.authority.demand({ service: 'ecr' }, roleSession(roleArn, session), [
    { action: 'ecr:GetAuthorizationToken', resource: '*' },
    ...actions.map((action) => ({ action, resource })),
  ])
  return prepareImage(uri, imageSettings(platform, onLine))
}
