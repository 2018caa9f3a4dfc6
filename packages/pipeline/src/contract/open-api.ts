import type { AnyPipeline } from '../pipeline.ts'
import { contractOf } from './contract-of.ts'
import type { Contract } from './contract.ts'
import type { JsonSchema } from './json-schema.ts'
import { featureSchema, requestColumnSchema } from './json-schema.ts'

const object = (properties: Readonly<Record<string, JsonSchema>>, required = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })
const list = (items: JsonSchema, bounds: JsonSchema = {}): JsonSchema => ({ type: 'array', items, ...bounds })
const content = (type: string, schema: JsonSchema) => ({ content: { [type]: { schema } } })
const json = (schema: JsonSchema) => content('application/json', schema)
const refused = (description: string) => ({ description, ...content('application/problem+json', ref('Problem')) })

const requestSchema = ({ spine }: AnyPipeline, { request }: Contract): JsonSchema =>
  object(
    Object.fromEntries(
      request.map((column) => [column.name, requestColumnSchema(column, spine.columns[column.name]?.options)]),
    ),
    request.filter(({ nullable }) => !nullable).map(({ name }) => name),
  )

const predictionSchema = ({ features }: Contract): JsonSchema => {
  const age = {
    type: ['number', 'null'],
    description: 'seconds that the data of its group are behind, null if unknown',
  }
  const feature = ({ from, ...type }: Contract['features'][number]) =>
    object({ value: featureSchema(type), ...(from === 'request' ? {} : { age }) })
  const names = { type: 'string', enum: features.map(({ name }) => name) }
  return object({
    prediction: { type: 'boolean' },
    probability: { type: 'number', minimum: 0, maximum: 1 },
    model: { type: ['string', 'null'], description: 'the model package that answered' },
    contract: { type: 'string', description: 'hash of the contract that the model was trained on' },
    features: object(Object.fromEntries(features.map((each) => [each.name, feature(each)]))),
    missing: { ...list(names), description: 'features that the store does not know for this key' },
    stale: { ...list(names), description: 'features that are older than allowed, and so null' },
    predictionId: { type: 'string', description: 'joins the prediction with its outcome' },
  })
}

const problem = () =>
  object(
    {
      type: { type: 'string', description: 'urn:hopline:problem: and the kind of problem' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      errors: list(object({ field: { type: 'string' }, problem: { type: 'string' } })),
    },
    ['type', 'title', 'status'],
  )

/** The API of a pipeline as an OpenAPI 3.1 document: what callers send, what they get, what is refused. */
export const openApi = (pipeline: AnyPipeline): JsonSchema => {
  const contract = contractOf(pipeline)
  const path = `/v1/${pipeline.name.replaceAll('_', '-')}/predict`
  return {
    openapi: '3.1.1',
    info: { title: pipeline.name, version: contract.hash.slice(0, 12), description: `Contract ${contract.hash}` },
    paths: {
      [path]: {
        post: {
          operationId: 'predict',
          summary: `Predicts ${contract.label.name}, for one request or a batch`,
          security: [{ sigv4: [] }],
          requestBody: {
            required: true,
            ...json({
              oneOf: [ref('Request'), object({ instances: list(ref('Request'), { minItems: 1, maxItems: 100 }) })],
            }),
          },
          responses: {
            200: {
              description: 'One prediction, or those of the batch in its order',
              ...json({ oneOf: [ref('Prediction'), object({ predictions: list(ref('Prediction')) })] }),
            },
            400: refused('The request is not valid; `errors` names every field at fault'),
            503: refused('The feature store or the model does not answer, or the data are too far behind'),
          },
        },
      },
    },
    components: {
      schemas: {
        Request: requestSchema(pipeline, contract),
        Prediction: predictionSchema(contract),
        Problem: problem(),
      },
      securitySchemes: {
        sigv4: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          description: 'AWS Signature Version 4',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
      },
    },
  }
}
