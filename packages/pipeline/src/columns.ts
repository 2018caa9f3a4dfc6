import { readColumn } from './expression/build.ts'
import type { ExpressionOf } from './expression/expression.ts'
import type { Kind } from './value.ts'

interface Common {
  /** Name in the source, if it is another one. */
  readonly column?: string
  /** Nulls are accepted; by default a row with a null is refused. */
  readonly nullable?: boolean
}

export interface StringOptions extends Common {
  /** Code points that fit, 100 if not given: a longer value would be lost in the online store. */
  readonly length?: number
  readonly oneOf?: readonly string[]
}

export interface NumberOptions extends Common {
  readonly min?: number
  readonly max?: number
  /** What is counted or measured: 'miles'. */
  readonly unit?: string
}

export interface TimestampOptions extends Common {
  /** Zone of source values that name none; without it they are refused. */
  readonly zone?: 'UTC'
  /** What a number in the source counts since 1970; without it numbers are refused. */
  readonly epoch?: 'seconds' | 'milliseconds' | 'microseconds'
}

export type ColumnOptions = StringOptions & NumberOptions & TimestampOptions

/** A column of the source: what it is and which values are accepted. */
export interface Column<K extends Kind = Kind> {
  readonly kind: K
  readonly options: ColumnOptions
}

export type Schema = Readonly<Record<string, Column>>
export type Row<S extends Schema> = { readonly [N in keyof S & string]: ExpressionOf<S[N]['kind'], N> }

const column =
  <K extends Kind>(kind: K) =>
  (options: ColumnOptions = {}): Column<K> => ({ kind, options })

/** Text of at most `length` code points. */
export const string: (options?: StringOptions) => Column<'string'> = column('string')
/** A 32-bit integer; bounds are inclusive. */
export const int: (options?: NumberOptions) => Column<'int'> = column('int')
/** A 64-bit integer; bounds are inclusive. */
export const long: (options?: NumberOptions) => Column<'long'> = column('long')
/** A finite double; bounds are inclusive. */
export const double: (options?: NumberOptions) => Column<'double'> = column('double')
export const boolean: (options?: Common) => Column<'boolean'> = column('boolean')
/** An instant, in microseconds, in the years 1900 to 2199: what lies outside has the wrong unit. */
export const timestamp: (options?: TimestampOptions) => Column<'timestamp'> = column('timestamp')

/** How many code points of text a column takes. */
export const lengthOf = (column: Column): number => column.options.length ?? 100

/** The columns as expressions: behind each stands a class that has every operator; the types offer those of its kind. */
export function rowOf<S extends Schema>(columns: S): Row<S>
export function rowOf(columns: Schema): unknown {
  return Object.fromEntries(Object.entries(columns).map(([name, { kind }]) => [name, readColumn(name, kind)]))
}
