import { isDeepStrictEqual } from 'node:util'
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { hopsworksSecret } from '@hopline/workflow'
import type { HopsworksSecret } from '@hopline/workflow'

/** Fills a secret that the template made; a value that is there already gets no new version. */
export async function putSecret(client: SecretsManagerClient, name: string, value: HopsworksSecret) {
  const wanted = hopsworksSecret.parse(value)
  if (isDeepStrictEqual(await currentValue(client, name), wanted)) return 'unchanged' as const
  await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: JSON.stringify(wanted) }))
  return 'written' as const
}

async function currentValue(client: SecretsManagerClient, name: string): Promise<unknown> {
  try {
    const { SecretString = 'null' } = await client.send(new GetSecretValueCommand({ SecretId: name }))
    return JSON.parse(SecretString)
  } catch (error) {
    // No value yet, or one that is not ours. Where the secret itself is missing, the write says so.
    if (error instanceof SyntaxError || (error instanceof Error && error.name === 'ResourceNotFoundException'))
      return null
    throw error
  }
}
