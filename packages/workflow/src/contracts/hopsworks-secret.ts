import * as z from 'zod'

/** The secrets `hopline/<stage>/hopsworks-reader` and `-writer`: where Hopsworks is, and a key. `ca` (PEM) holds for both servers. */
export const hopsworksSecret = z.strictObject({
  url: z.url(),
  project: z.string().min(1),
  projectId: z.int().positive(),
  featureStoreId: z.int().positive(),
  ca: z.string().min(1).nullable(),
  apiKey: z.string().min(1),
  vectors: z.strictObject({ host: z.string().min(1), port: z.int().min(1).max(65_535) }),
})
export type HopsworksSecret = z.infer<typeof hopsworksSecret>
