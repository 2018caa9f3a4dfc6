import type { S3Connector } from '../metadata/connector.ts'
import { argument } from '../metadata/connector.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

/** Where the connector's S3 is; undefined leaves it to the region and to `AWS_ENDPOINT_URL`. */
export const endpointOf = (connector: S3Connector): string | undefined => {
  const endpoint = argument(connector, 'fs.s3a.endpoint')
  if (endpoint === undefined || endpoint.includes('://')) return endpoint
  return `${argument(connector, 'fs.s3a.connection.ssl.enabled') === 'false' ? 'http' : 'https'}://${endpoint}`
}

const assume = async (connector: S3Connector, role: string, region: string): Promise<Credentials> => {
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts')
  const endpoint = process.env['AWS_ENDPOINT_URL'] ?? endpointOf(connector)
  const sts = new STSClient({ region, ...(endpoint === undefined ? {} : { endpoint }) })
  try {
    const RoleSessionName = `hopsworks-${connector.name}`.slice(0, 64)
    const { Credentials: given } = await sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName }))
    if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken) throw new Error('STS gave no credentials')
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      sessionToken: given.SessionToken,
      ...(given.Expiration ? { expiration: given.Expiration } : {}),
    }
  } finally {
    sts.destroy()
  }
}

/**
 * The connector's credentials: its role, taken on by this process's own identity (its instance profile), else its keys.
 * Undefined where it names neither: then the process's own identity counts.
 */
export const credentialsOf = async (connector: S3Connector, region: string): Promise<Credentials | undefined> => {
  const { iamRole, accessKey, secretKey } = connector
  if (iamRole) return assume(connector, iamRole, connector.region ?? region)
  return accessKey && secretKey ? { accessKeyId: accessKey, secretAccessKey: secretKey } : undefined
}
