import * as z from 'zod'

/** Where the deployer says in the data bucket which contracts the models behind a pipeline's endpoint have. */
export const liveContractsKey = (pipeline: string) => `live/${pipeline}.json`

/** The contracts that are live, each in full, the newest first. What a contract is, parseContract says. */
export const liveContracts = z.strictObject({ contracts: z.tuple([z.unknown()], z.unknown()) })
export type LiveContracts = z.infer<typeof liveContracts>
