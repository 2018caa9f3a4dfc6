import { HopsworksMismatch } from '../errors.ts'
import type { FeatureDefinition, GroupDefinition } from './definitions.ts'
import type { FeatureGroup } from './feature-groups.ts'
import { formatOf } from './group-body.ts'

type Column = Pick<FeatureDefinition, 'name' | 'type' | 'primary'> & { readonly partition?: boolean | null | undefined }

const inWords = ({ name, type, primary, partition }: Column) =>
  `${name} ${type}${primary ? ' key' : ''}${partition ? ' partition' : ''}`
const columns = (of: readonly Column[]) => of.map(inWords).toSorted().join(', ')

const differences = (stored: FeatureGroup, defined: GroupDefinition, features = defined.features) =>
  [
    ['format', stored.timeTravelFormat, formatOf(defined)],
    ['online', stored.onlineEnabled, defined.online],
    ['event time', stored.eventTime ?? null, defined.eventTime ?? null],
    ['features', columns(stored.features), columns(features)],
  ].filter(([, is, should]) => is !== should)

/** The features that a stored group lacks, where they are all that it differs by and none is a key; else none. */
export function missingFeatures(stored: FeatureGroup, defined: GroupDefinition): readonly FeatureDefinition[] {
  const isStored = ({ name }: FeatureDefinition) => stored.features.some((feature) => feature.name === name)
  const missing = defined.features.filter((feature) => !isStored(feature))
  const appendable = missing.every(({ primary, partition }) => !primary && !partition)
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
