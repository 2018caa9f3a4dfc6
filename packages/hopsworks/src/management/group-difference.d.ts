import type { FeatureDefinition, GroupDefinition } from './definitions.ts';
import type { FeatureGroup } from './feature-groups.ts';
/** The features that a stored group lacks, where they are all that it differs by and none is a key; else none. */
export declare function missingFeatures(stored: FeatureGroup, defined: GroupDefinition): readonly FeatureDefinition[];
/** The stored group. @throws HopsworksMismatch that says by what it differs from the definition. */
export declare function sameAsDefined(stored: FeatureGroup, defined: GroupDefinition): FeatureGroup;
//# sourceMappingURL=group-difference.d.ts.map