import { readFileSync } from 'node:fs'
import { rowFunction, rowValidator } from '@hopline/pipeline'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { pipelineNamed } from './index.ts'

/** Tries a pipeline on a CSV file, with no platform: which rows would be refused, and the features of the last one. */
const [name = '', file = ''] = process.argv.slice(2)
const { spine } = pipelineNamed(name)
const records = z.array(z.record(z.string(), z.string())).parse(parse(readFileSync(file), { columns: true, bom: true }))
const validate = rowValidator(spine)
const results = records.map(validate)
const accepted = results.flatMap((result) => (result.ok ? [result.row] : []))
console.log(`${records.length} rows: ${accepted.length} accepted, ${records.length - accepted.length} refused`)

const refused = results.flatMap((result) => (result.ok ? [] : [result]))
for (const [reason, rows] of Map.groupBy(refused, ({ column, reason }) => `${column}: ${reason}`)) {
  console.log(`  ${rows.length} × ${reason}, as ${rows[0]?.detail}`)
}
const last = accepted.at(-1)
if (last) console.log(rowFunction(spine)(last))
