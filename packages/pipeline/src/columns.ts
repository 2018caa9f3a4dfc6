import { readColumn } from './expression/build.ts'
import type { ExpressionOf } from './expression/expression.ts'
import type { Kind, Type } from './value.ts'

export interface CommonOptions<N extends boolean = boolean> {
  /** Name in the source, if it is another one. */
  readonly column?: string
  /** Nulls are accepted; by default a row with a null is refused. */
  readonly nullable?: N
  /** What it is, for people: it appears in Hopsworks and in the API's document, and changes no contract. */
  readonly description?: string
}

export interface StringOptions<N extends boolean = boolean> extends CommonOptions<N> {
  /** Code points that fit, 100 if not given: a longer value would be lost in the online store. */
  readonly length?: number
  /** The values that are accepted. */
  readonly oneOf?: readonly string[]
}

interface Measured<N extends boolean> extends CommonOptions<N> {
  /** What is counted or measured: 'miles'. */
  readonly unit?: string
}

export interface NumberOptions<N extends boolean = boolean> extends Measured<N> {
  readonly min?: number
  readonly max?: number
}

export interface WholeOptions<N extends boolean = boolean> extends NumberOptions<N> {
  /** The values that are accepted. */
  readonly oneOf?: readonly number[]
}

export interface DecimalOptions<N extends boolean = boolean> extends NumberOptions<N> {
  /** Digits after the point, 2 if not given; 18 digits are the most in all. */
  readonly scale?: number
}

export interface TimestampOptions<N extends boolean = boolean> extends CommonOptions<N> {
  /** Zone of source values that name none; without it they are refused. */
  readonly zone?: 'UTC'
  /** What a number in the source counts since 1970; without it numbers are refused. */
  readonly epoch?: 'seconds' | 'milliseconds' | 'microseconds'
}

export interface ColumnOptions extends Omit<StringOptions, 'oneOf'>, Omit<DecimalOptions, 'oneOf'>, TimestampOptions {
  readonly oneOf?: readonly (string | number)[]
}

declare const nullable: unique symbol

/** A column of the source: what it is, whether it may be null, and which values are accepted. */
export interface Column<K extends Kind = Kind, N extends boolean = boolean> {
  readonly kind: K
  readonly options: ColumnOptions
  readonly [nullable]?: N
}
/** Names of the columns that may be null. */
export type NullableIn<S extends Schema> = {
  [N in keyof S & string]: true extends S[N][typeof nullable] ? N : never
}[keyof S & string]

export type Schema = Readonly<Record<string, Column>>
export type Row<S extends Schema> = { readonly [N in keyof S & string]: ExpressionOf<S[N]['kind'], N> }

const column =
  <K extends Kind>(kind: K) =>
  <N extends boolean>(options: ColumnOptions = {}): Column<K, N> => ({ kind, options })

/** Text of at most `length` code points. */
export const string: <N extends boolean = false>(options?: StringOptions<N>) => Column<'string', N> = column('string')
/** A 32-bit integer; bounds are inclusive. */
export const int: <N extends boolean = false>(options?: WholeOptions<N>) => Column<'int', N> = column('int')
/** A 64-bit integer; bounds are inclusive. */
export const long: <N extends boolean = false>(options?: WholeOptions<N>) => Column<'long', N> = column('long')
/** An exact number of at most 18 digits, `scale` of them after the point; bounds are inclusive. */
export const decimal: <N extends boolean = false>(options?: DecimalOptions<N>) => Column<'decimal', N> =
  column('decimal')
/** A finite double; bounds are inclusive. */
export const double: <N extends boolean = false>(options?: NumberOptions<N>) => Column<'double', N> = column('double')
export const boolean: <N extends boolean = false>(options?: CommonOptions<N>) => Column<'boolean', N> =
  column('boolean')
/** An instant, in microseconds, in the years 1900 to 2199: what lies outside has the wrong unit. */
export const timestamp: <N extends boolean = false>(options?: TimestampOptions<N>) => Column<'timestamp', N> =
  column('timestamp')
/** A day of the calendar, in the years 1900 to 2199. */
export const date: <N extends boolean = false>(options?: CommonOptions<N>) => Column<'date', N> = column('date')

/** How many code points of text a column takes. */
export const lengthOf = (column: Pick<Column, 'options'>): number => column.options.length ?? 100

/** The kind of a column's values. */
export const typeOfColumn = ({ kind, options }: Column): Type =>
  kind === 'decimal' ? { type: kind, scale: options.scale ?? 2 } : { type: kind }

/** The columns as expressions: behind each stands a class that has every operator; the types offer those of its kind. */
export function rowOf<S extends Schema>(columns: S): Row<S>
export function rowOf(columns: Schema): unknown {
  return withAnyName(
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, readColumn(name, typeOfColumn(column))])),
  )
}

/** What is not there reads as a column that is not there: definePipeline lists it, with the path of its reader. */
export const withAnyName = (row: Readonly<Record<string, unknown>>): unknown =>
  new Proxy(row, {
    get: (_, name) => {
      if (typeof name !== 'string') return undefined
      return (Object.hasOwn(row, name) ? row[name] : undefined) ?? readColumn(name, { type: 'string' })
    },
  })
