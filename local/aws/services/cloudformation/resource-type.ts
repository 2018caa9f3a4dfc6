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
export interface ResourceType<P = Readonly<Record<string, unknown>>> {
  readonly type: string
  /** Strict: an unknown property fails the resource and is named. */
  readonly properties: z.ZodType<P>
  /** Properties whose change makes a new resource. */
  readonly replacedBy: readonly (keyof P & string)[]
  create(properties: P, context: ResourceContext): Promise<Made>
  /** Without it every change makes a new resource. */
  update?(properties: P, existing: Existing<P>, context: ResourceContext): Promise<Made>
  delete(existing: Existing<P>, context: ResourceContext): Promise<void>
}

export const defineResource = <P>(type: ResourceType<P>): ResourceType<P> => type
