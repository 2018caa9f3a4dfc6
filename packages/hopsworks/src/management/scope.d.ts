/** The project and the feature store that a client works in. */
export interface Scope {
    readonly project: string;
    readonly projectId: number;
    readonly featureStoreId: number;
}
//# sourceMappingURL=scope.d.ts.map