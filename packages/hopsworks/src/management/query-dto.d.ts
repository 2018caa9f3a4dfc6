import type { ViewDefinition } from './definitions.ts';
import type { FeatureGroup } from './feature-groups.ts';
type GroupsByName = (name: string) => FeatureGroup;
/** The groups of a view by name; a missing one is a mistake of the caller. */
export declare function groupsByName(groups: readonly FeatureGroup[]): GroupsByName;
/** The query of a view: left join of each group by its keys, point in time by the groups' event times. */
export declare function queryOf(view: ViewDefinition, groups: GroupsByName): object;
export {};
//# sourceMappingURL=query-dto.d.ts.map