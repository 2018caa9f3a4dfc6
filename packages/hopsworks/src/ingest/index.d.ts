export { openWriter } from './group-writer.ts';
export type { GroupWriter, Written } from './group-writer.ts';
export { messageKey } from './message-key.ts';
export type { Values } from './values.ts';
//# sourceMappingURL=index.d.ts.map