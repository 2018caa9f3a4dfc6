import { project } from '../project.ts'
import type { S3Connector } from '../metadata/connector.ts'
import { s3ConnectorSchema } from '../metadata/connector.ts'
import { credentialsOf } from '../offline/connector-credentials.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import type { Call, Route } from './route.ts'

const base = '/project/:project/featurestores/:store/storageconnectors'

export const connectorView = (connector: S3Connector) => ({
  type: 'featurestoreS3ConnectorDTO',
  featurestoreId: project.featureStoreId,
  sessionToken: null,
  ...connector,
})

export const connectorRoutes = ({ metadata: { connectors }, kafka, endpoints, region }: Services): Route[] => {
  const existing = (call: Call): S3Connector => {
    const connector = connectors.find(call.param('connector'), 1)
    if (!connector) throw new RestError(failures.connectorNotFound, `connector name: ${call.param('connector')}`)
    return connector
  }

  const temporary = async (connector: S3Connector) => {
    const given = await credentialsOf(connector, region)
    if (!given) return {}
    const { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken = null, expiration } = given
    return { accessKey, secretKey, sessionToken, ...(expiration ? { expiration: expiration.getTime() } : {}) }
  }

  return [
    {
      method: 'GET',
      path: `${base}/kafka_connector/byok`,
      scope: 'featurestore',
      handle: () => ({
        type: 'featurestoreKafkaConnectorDTO',
        id: -1,
        name: 'kafka_connector',
        description: null,
        featurestoreId: project.featureStoreId,
        storageConnectorType: 'KAFKA',
        bootstrapServers: `127.0.0.1:${endpoints.kafka}`,
        securityProtocol: kafka,
        sslTruststoreLocation: null,
        sslTruststorePassword: null,
        sslKeystoreLocation: null,
        sslKeystorePassword: null,
        sslKeyPassword: null,
        sslEndpointIdentificationAlgorithm: '',
        options: [],
        externalKafka: kafka === 'PLAINTEXT',
      }),
    },
    {
      method: 'GET',
      path: base,
      scope: 'featurestore',
      handle: (call) => call.page(connectors.all(), connectorView),
    },
    {
      method: 'GET',
      path: `${base}/:connector`,
      scope: 'featurestore',
      async handle(call) {
        const connector = existing(call)
        return { ...connectorView(connector), ...(call.flag('temporaryCredentials') ? await temporary(connector) : {}) }
      },
    },
    {
      method: 'POST',
      path: base,
      scope: 'featurestore:write',
      status: 201,
      handle(call) {
        const request = call.body(s3ConnectorSchema)
        if (connectors.find(request.name, 1)) throw new RestError(failures.connectorExists, request.name)
        return connectorView(connectors.insert(request.name, 1, ({ id, version }) => ({ ...request, id, version })))
      },
    },
    {
      method: 'PUT',
      path: `${base}/:connector`,
      scope: 'featurestore:write',
      handle(call) {
        const { id, name, version } = existing(call)
        const changed = { ...call.body(s3ConnectorSchema), id, name, version }
        connectors.replace(changed)
        return connectorView(changed)
      },
    },
    {
      method: 'DELETE',
      path: `${base}/:connector`,
      scope: 'featurestore:write',
      handle: (call) => connectors.remove(existing(call).id),
    },
  ]
}
