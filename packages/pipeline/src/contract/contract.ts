import * as z from 'zod'
import type { Node, Operator } from '../expression/node.ts'
import type { Kind } from '../value.ts'
import { aggregates } from '../windows/aggregates.ts'
import { canonicalJson } from './canonical-json.ts'
import { sha256 } from './sha256.ts'

const kinds = ['string', 'int', 'long', 'decimal', 'double', 'boolean', 'timestamp', 'date'] as const
const type = z.enum(kinds satisfies readonly Kind[])
/** Digits after the point of a decimal. */
const scale = z.int().min(0).max(18).exactOptional()

const node: z.ZodType<Node> = z.lazy(() =>
  z.union([
    z.strictObject({ op: z.literal('column'), type, scale, name: z.string() }),
    z.strictObject({ op: z.literal('literal'), type, scale, value: z.union([z.string(), z.number(), z.boolean()]) }),
    // An operator that this code does not know is refused when the tree is compiled, by name.
    z.strictObject({ op: z.custom<Operator>((op) => typeof op === 'string'), type, scale, args: z.array(node) }),
  ]),
)

const requestColumn = z.strictObject({
  name: z.string(),
  type,
  scale,
  nullable: z.boolean(),
  length: z.int().optional(),
  oneOf: z.array(z.union([z.string(), z.number()])).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  unit: z.string().optional(),
  zone: z.literal('UTC').optional(),
})

const contractFeature = z.union([
  z.strictObject({ name: z.string(), type, scale, from: z.literal('request'), value: node }),
  z.strictObject({
    name: z.string(),
    type,
    scale,
    /** The window group, as the pipeline names it. */
    from: z.string(),
    /** Name within the group. */
    feature: z.string(),
    maxAgeSeconds: z.number().positive(),
  }),
])

const contractWindow = z.strictObject({
  by: z.array(z.string()),
  clock: node,
  everySeconds: z.number().positive(),
  features: z.record(
    z.string(),
    z.strictObject({
      aggregate: z.enum(aggregates),
      type,
      scale,
      of: node.nullable(),
      overSeconds: z.number().positive(),
    }),
  ),
})

const view = z.strictObject({ name: z.string(), version: z.int().positive() })

const body = z.strictObject({
  version: z.literal(1),
  pipeline: z.string(),
  /** In Hopsworks: where the features of the window groups are read, and how far each group has come. */
  views: z.strictObject({ serving: view, freshness: view }),
  request: z.array(requestColumn),
  /** Of the request: the time at which the prediction is asked for. */
  eventTime: node,
  /** In the order in which the model was trained; `from` is `request` or a window group. */
  features: z.array(contractFeature),
  label: z.strictObject({ name: z.string(), type, scale, value: node }),
  windows: z.record(z.string(), contractWindow),
  stale: z.enum(['null', 'refuse']),
})

/** contract.json: what a model was trained on and is asked with. */
export const contractSchema = z.strictObject({ ...body.shape, hash: z.string().regex(/^[0-9a-f]{64}$/) })
export type Contract = z.infer<typeof contractSchema>
export type ContractFeature = z.infer<typeof contractFeature>
export type RequestColumn = z.infer<typeof requestColumn>

/** Thrown for a contract.json that is none, or whose hash is not that of its content. */
export class InvalidContract extends Error {
  override readonly name = 'InvalidContract'
}

/** The contract with its hash: SHA-256 (hexadecimal) of the canonical JSON of everything else. */
export const sealed = (contract: z.infer<typeof body>): Contract => ({
  ...contract,
  hash: sha256(canonicalJson(contract)),
})

/** Parses contract.json. Throws {@link InvalidContract}. */
export const parseContract = (json: unknown): Contract => {
  const parsed = contractSchema.safeParse(json)
  if (!parsed.success) throw new InvalidContract(z.prettifyError(parsed.error))
  const { hash, ...content } = parsed.data
  if (sealed(content).hash !== hash) throw new InvalidContract(`the content is not what hash ${hash} stands for`)
  return parsed.data
}
