import * as z from 'zod'
import type { Http } from './http.ts'
import { ifFound } from './if-found.ts'
import { pages } from './pages.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

/** Secrets that Hopsworks may send along are dropped here. */
export const s3Connector = z.object({
  id: z.number(),
  name: z.string(),
  featurestoreId: z.number(),
  storageConnectorType: z.literal('S3'),
  type: z.string().default('featurestoreS3ConnectorDTO'),
  bucket: text,
  path: text,
  region: text,
  iamRole: text,
  accessKey: text,
  arguments: z
    .array(z.object({ name: z.string(), value: z.string().nullish() }))
    .nullish()
    .transform((list) => list ?? []),
})

/** A storage connector for an S3 bucket, without its credentials. */
export type S3Connector = z.output<typeof s3Connector>

const summary = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string().nullish(),
  storageConnectorType: z.string(),
})

/** What all storage connectors have. */
export type ConnectorSummary = z.output<typeof summary>

/** Whose rights Hopsworks has in the bucket: a role's that it takes on, or an access key's. */
export type S3Identity =
  | { /** ARN */ readonly iamRole: string }
  | { readonly accessKey: string; readonly secretKey: string }

export interface S3ConnectorDefinition {
  readonly name: string
  readonly description: string
  readonly bucket: string
  /** Folder inside the bucket, '' for its root. */
  readonly path: string
  readonly region: string
  readonly identity: S3Identity
  /** Spark properties, e.g. `fs.s3a.endpoint`. */
  readonly arguments: Readonly<Record<string, string>>
}

export function connectors(http: Http, { projectId, featureStoreId }: Scope) {
  const base = path`/project/${projectId}/featurestores/${featureStoreId}/storageconnectors`

  /** The connector, or undefined when there is none of that name. */
  const get = (name: string, signal?: AbortSignal): Promise<S3Connector | undefined> =>
    ifFound(http.get(base + path`/${name}`, s3Connector, { signal }))

  /** Makes the connector, or changes the one of that name where it points elsewhere. */
  async function put(definition: S3ConnectorDefinition, signal?: AbortSignal) {
    const found = await get(definition.name, signal)
    if (found && isAsDefined(found, definition)) return { connector: found, change: 'unchanged' as const }
    const { identity, ...rest } = definition
    const body = {
      type: 'featurestoreS3ConnectorDTO',
      storageConnectorType: 'S3',
      featurestoreId: featureStoreId,
      ...(found ? { id: found.id } : {}),
      ...rest,
      ...noIdentity,
      ...identity,
      arguments: Object.entries(definition.arguments).map(([name, value]) => ({ name, value })),
    }
    if (!found) return { connector: await http.post(base, s3Connector, { body, signal }), change: 'created' as const }
    const connector = await http.put(base + path`/${definition.name}`, s3Connector, { body, signal })
    return { connector, change: 'updated' as const }
  }

  return {
    get,
    put,
    /** Every connector of the feature store, of whatever kind. */
    list: (signal?: AbortSignal): AsyncGenerator<ConnectorSummary, void> => pages(http, base, summary, { signal }),
    /** Deletes a connector; false when there was none. What it points at stays. */
    delete: (name: string, signal?: AbortSignal): Promise<boolean> => http.delete(base + path`/${name}`, { signal }),
  }
}

/** So that the one of before goes. */
const noIdentity = { iamRole: null, accessKey: null, secretKey: null }

/** A secret key cannot be compared, and belongs to its access key for good. */
function isAsDefined(stored: S3Connector, defined: S3ConnectorDefinition): boolean {
  const value = (name: string) => stored.arguments.find((argument) => argument.name === name)?.value
  return (
    (['bucket', 'path', 'region'] as const).every((key) => stored[key] === defined[key]) &&
    stored.iamRole === ('iamRole' in defined.identity ? defined.identity.iamRole : '') &&
    stored.accessKey === ('accessKey' in defined.identity ? defined.identity.accessKey : '') &&
    Object.entries(defined.arguments).every(([name, wanted]) => value(name) === wanted)
  )
}
