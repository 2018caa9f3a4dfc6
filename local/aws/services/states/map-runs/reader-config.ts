import * as z from 'zod'

/** ReaderConfig, as the definition was checked to have it. */
export const readerConfig = z.object({
  InputType: z.enum(['CSV', 'JSON', 'JSONL', 'MANIFEST']).optional(),
  CSVHeaderLocation: z.enum(['FIRST_ROW', 'GIVEN']).default('FIRST_ROW'),
  CSVHeaders: z.array(z.string()).default([]),
  CSVDelimiter: z.enum(['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB']).default('COMMA'),
  ItemsPointer: z.string().default(''),
  ManifestType: z.enum(['S3_INVENTORY', 'ATHENA_DATA']).optional(),
  Transformation: z.enum(['NONE', 'LOAD_AND_FLATTEN']).default('NONE'),
  MaxItems: z.number().default(Infinity),
})

export type ReaderConfig = z.infer<typeof readerConfig>
