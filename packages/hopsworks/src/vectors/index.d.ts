export { openVectors } from './open.ts';
export type { Entry, Vectors, VectorSettings } from './open.ts';
export type { Vector } from './reply.ts';
export type { Value } from './value.ts';
//# sourceMappingURL=index.d.ts.map