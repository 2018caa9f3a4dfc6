import type * as z from 'zod'
import type { Principal } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'

/** What a resource type can use. */
export interface ResourceContext {
  readonly platform: Platform
  readonly principal: Principal
  readonly stackName: string
  readonly logicalId: string
  /** A name that no other resource has: `<stack>-<logical id>-<random>`, cut to `maxLength`. */
  readonly name: (maxLength: number) => string
  /** An operation of another service, as the one who deploys. */
  readonly call: <O = unknown>(service: string, operation: string, input: unknown) => Promise<O>
}

/** A resource that is there: what `Ref` gives, and what `Fn::GetAtt` can ask for. */
export interface Made {
  readonly physicalId: string
  readonly attributes: Readonly<Record<string, string>>
}

export interface Existing<P> extends Made {
  readonly properties: P
}

/** How resources of one type are made, changed and removed. */
export interface ResourceDefinition<P> {
  readonly type: string
  /** Strict: an unknown property fails the resource and is named. What it gives, it takes again unchanged. */
  readonly properties: z.ZodType<P>
  /** Properties whose change makes a new resource. */
  readonly replacedBy: readonly (keyof P & string)[]
  readonly create: (properties: P, context: ResourceContext) => Promise<Made>
  /** Without it every change makes a new resource. */
  readonly update?: (properties: P, existing: Existing<P>, context: ResourceContext) => Promise<Made>
  readonly delete: (existing: Existing<P>, context: ResourceContext) => Promise<void>
}

export type Properties = Readonly<Record<string, unknown>>
/** A definition whose properties are known to itself alone. */
export type ResourceType = ResourceDefinition<Properties>

export const defineResource = <P extends Properties>(definition: ResourceDefinition<P>): ResourceType => {
  const { properties, create, update } = definition
  const own = (existing: Existing<Properties>): Existing<P> => ({
    ...existing,
    properties: properties.parse(existing.properties),
  })
  return {
    type: definition.type,
    properties,
    replacedBy: definition.replacedBy,
    create: (wanted, context) => create(properties.parse(wanted), context),
    ...(update && {
      update: (wanted, existing, context) => update(properties.parse(wanted), own(existing), context),
    }),
    delete: (existing, context) => definition.delete(own(existing), context),
  }
}
