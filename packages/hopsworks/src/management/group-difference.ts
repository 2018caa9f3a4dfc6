import { HopsworksMismatch } from '../errors.ts'
import type { FeatureDefinition, GroupDefinition } from './definitions.ts'
import type { FeatureGroup } from './feature-groups.ts'

type Column = { readonly name: string; readonly type: string; readonly primary?: boolean | undefined }

const inWords = ({ name, type, primary }: Column) => `${name} ${type}${primary ? ' key' : ''}`
const columns = (of: readonly Column[]) => of.map(inWords).toSorted().join(', ')

const differences = (stored: FeatureGroup, defined: GroupDefinition, features = defined.features) =>
  [
    ['format', stored.timeTravelFormat, defined.timeTravelFormat],
    ['online', stored.onlineEnabled, defined.online],
    ['event time', stored.eventTime, defined.eventTime],
    ['features', columns(stored.features), columns(features)],
  ].filter(([, is, should]) => is !== should)

/** The features that a stored group lacks, where they are all that it differs by and none is a key; else none. */
export function missingFeatures(stored: FeatureGroup, defined: GroupDefinition): readonly FeatureDefinition[] {
  const isStored = ({ name }: FeatureDefinition) => stored.features.some((feature) => feature.name === name)
  const missing = defined.features.filter((feature) => !isStored(feature))
  const appendable = missing.every(({ primary }) => !primary)
  return appendable && differences(stored, defined, defined.features.filter(isStored)).length === 0 ? missing : []
}

/** The stored group. @throws HopsworksMismatch that says by what it differs from the definition. */
export function sameAsDefined(stored: FeatureGroup, defined: GroupDefinition): FeatureGroup {
  const found = differences(stored, defined)
  if (found.length === 0) return stored
  const said = found.map(([what, is, should]) => `${what}: stored ${is}, defined ${should}`).join('; ')
  throw new HopsworksMismatch(
    `Feature group ${defined.name} version ${defined.version} differs (${said}). Give the definition a new version.`,
  )
}
