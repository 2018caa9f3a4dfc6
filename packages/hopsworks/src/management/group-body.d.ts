import type { FeatureDefinition, GroupDefinition } from './definitions.ts';
/** A feature of a request. */
export declare const featureBody: ({ name, type, primary, onlineType }: FeatureDefinition) => {
    name: string;
    type: string;
    primary: boolean;
    onlineType: string | null;
    partition: boolean;
    hudiPrecombineKey: boolean;
};
/** The request that makes a stream feature group. */
export declare const createBody: (definition: GroupDefinition, featurestoreId: number) => object;
//# sourceMappingURL=group-body.d.ts.map