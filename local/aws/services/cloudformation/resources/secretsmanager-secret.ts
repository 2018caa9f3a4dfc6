import * as z from 'zod'
import { tags, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'
import { generatedSecret, generateSecretString } from './generated-secret.ts'
import { retag } from './retag.ts'

const properties = z
  .strictObject({
    Name: text.optional(),
    Description: text.optional(),
    KmsKeyId: text.optional(),
    SecretString: text.optional(),
    GenerateSecretString: generateSecretString.optional(),
    Tags: tags.optional(),
  })
  .refine(({ SecretString, GenerateSecretString }) => !(SecretString !== undefined && GenerateSecretString), {
    message: 'SecretString and GenerateSecretString exclude each other',
  })

const valueOf = ({ SecretString, GenerateSecretString }: z.infer<typeof properties>) => {
  if (GenerateSecretString) return { SecretString: generatedSecret(GenerateSecretString) }
  return SecretString === undefined ? {} : { SecretString }
}

export default defineResource({
  type: 'AWS::SecretsManager::Secret',
  properties,
  replacedBy: ['Name'],
  async create(secret, { call, name }) {
    const { Name = name(200), Description, KmsKeyId, Tags } = secret
    const { ARN } = await call<{ ARN: string }>('secretsmanager', 'CreateSecret', {
      Name,
      ...(Description !== undefined && { Description }),
      ...(KmsKeyId !== undefined && { KmsKeyId }),
      ...(Tags && { Tags }),
      ...valueOf(secret),
    })
    return { physicalId: ARN, attributes: { Id: ARN } }
  },
  /** A value that the template does not change stays: people and `connect` put theirs. */
  async update(secret, { physicalId, properties: before }, { call }) {
    const { Description = '', KmsKeyId } = secret
    const changed =
      secret.SecretString !== before.SecretString ||
      JSON.stringify(secret.GenerateSecretString) !== JSON.stringify(before.GenerateSecretString)
    await call('secretsmanager', 'UpdateSecret', {
      SecretId: physicalId,
      Description,
      ...(KmsKeyId !== undefined && { KmsKeyId }),
      ...(changed && valueOf(secret)),
    })
    await retag(
      { before: before.Tags, after: secret.Tags },
      {
        put: (Tags) => call('secretsmanager', 'TagResource', { SecretId: physicalId, Tags }),
        remove: (TagKeys) => call('secretsmanager', 'UntagResource', { SecretId: physicalId, TagKeys }),
      },
    )
    return { physicalId, attributes: { Id: physicalId } }
  },
  async delete({ physicalId }, { call }) {
    await call('secretsmanager', 'DeleteSecret', { SecretId: physicalId, ForceDeleteWithoutRecovery: true })
  },
})
