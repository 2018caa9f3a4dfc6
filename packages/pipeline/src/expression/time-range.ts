const dayMicros = 86_400_000_000n
const [firstDay, lastDay] = [-719_162, 2_932_896]

/** The years 1 to 9999, which both engines, Parquet and Python hold: what an operator gives lies in them. */
export const operatorRange = {
  firstDay,
  lastDay,
  firstMicros: BigInt(firstDay) * dayMicros,
  lastMicros: BigInt(lastDay + 1) * dayMicros - 1n,
}
