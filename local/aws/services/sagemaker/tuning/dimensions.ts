import type { TuningConfig } from './request.ts'

/** One hyperparameter that is tuned; `at` gives its value at a place from 0 to 1. */
export interface Dimension {
  readonly name: string
  readonly at: (place: number) => string
}

interface Scale {
  readonly to: (value: number) => number
  readonly from: (place: number) => number
}

const linear: Scale = { to: (value) => value, from: (place) => place }
const logarithmic: Scale = { to: Math.log, from: Math.exp }
const reverse: Scale = { to: (value) => -Math.log(1 - value), from: (place) => 1 - Math.exp(-place) }

/** `Auto` is linear here. */
const scales = { Auto: linear, Linear: linear, Logarithmic: logarithmic, ReverseLogarithmic: reverse }

const between = (low: number, high: number, { to, from }: Scale) => {
  const [first, last] = [to(low), to(high)]
  return (place: number) => Math.min(high, Math.max(low, from(first + place * (last - first))))
}

/** The dimensions of a tuning job, categorical ones last. */
export const dimensionsOf = (ranges: TuningConfig['ParameterRanges']): readonly Dimension[] => [
  ...ranges.IntegerParameterRanges.map(({ Name, MinValue, MaxValue, ScalingType }) => {
    const value = between(Number(MinValue), Number(MaxValue), scales[ScalingType])
    return { name: Name, at: (place: number) => String(Math.round(value(place))) }
  }),
  ...ranges.ContinuousParameterRanges.map(({ Name, MinValue, MaxValue, ScalingType }) => {
    const value = between(Number(MinValue), Number(MaxValue), scales[ScalingType])
    return { name: Name, at: (place: number) => String(value(place)) }
  }),
  ...ranges.CategoricalParameterRanges.map(({ Name, Values }) => ({
    name: Name,
    at: (place: number) => Values[Math.min(Values.length - 1, Math.floor(place * Values.length))] ?? '',
  })),
]
