import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Hopsworks } from '../testing/start-process.ts'
import { startProcess } from '../testing/start-process.ts'

let state: string
let hopsworks: Hopsworks
let token: string

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'local-hopsworks-'))
  hopsworks = await startProcess(state)
  token = (await hopsworks.rest('GET', 'elastic/jwt/119')).body.token
}, 30_000)
afterAll(async () => {
  await hopsworks.stop()
  rmSync(state, { recursive: true })
}, 30_000)

const index = 'onlinefs_119-*/_search'
const query = {
  bool: {
    must: [
      { match: { 'log_arguments.feature_group_id': '1001' } },
      { match: { 'log_arguments.online_ingestion_id': '1' } },
      { exists: { field: 'log_arguments.failure_type' } },
    ],
  },
}

describe('OpenSearch', () => {
  it('finds nothing of a write that nothing failed of', async () => {
    const { status, body } = await hopsworks.search(index, { query, size: 100 }, token)
    expect([status, body.hits]).toEqual([200, { total: { value: 0, relation: 'eq' }, hits: [] }])
  })

  it.each([
    ['without the token', index, { query }, () => 'Bearer x', 401, 'security_exception'],
    ['about another index', 'other/_search', { query }, () => token, 404, 'index_not_found_exception'],
    ['that is no query', index, { query: { match_all: {} } }, () => token, 400, 'parsing_exception'],
    ['that is no JSON', index, '{', () => token, 400, 'parsing_exception'],
    ['for more than its window', index, { query, size: 10_001 }, () => token, 400, 'parsing_exception'],
    ['that is too long', index, 'x'.repeat(70_000), () => token, 413, 'illegal_argument_exception'],
  ])('refuses a search %s', async (_, path, body, given, status, type) => {
    const reply = await hopsworks.search(path, body, given())
    expect(reply).toMatchObject({ status, body: { status, error: { type, root_cause: [{ type }] } } })
  })

  it('gives its token to members of the project only', async () => {
    const reply = await hopsworks.rest('GET', 'elastic/jwt/120')
    expect(reply).toMatchObject({ status: 403, body: { errorCode: 150068 } })
  })

  it('stays up, whatever it is asked', async () => {
    const must = fc.array(fc.oneof(fc.jsonValue(), fc.record({ match: fc.dictionary(fc.string(), fc.jsonValue()) })))
    const asked = fc.oneof(
      fc.jsonValue(),
      must.map((clauses) => ({ query: { bool: { must: clauses } } })),
    )
    await fc.assert(
      fc.asyncProperty(asked, async (body) => {
        expect([200, 400]).toContain((await hopsworks.search(index, JSON.stringify(body), token)).status)
      }),
      { numRuns: 200 },
    )
  }, 30_000)
})
