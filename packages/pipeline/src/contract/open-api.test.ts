import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from '@jest/globals'
import { settings } from '../../test-support/settings.ts'
import fc from 'fast-check'
import * as z from 'zod'
import {
  boolean,
  contractOf,
  count,
  date,
  decimal,
  definePipeline,
  double,
  featureGroup,
  featureView,
  int,
  long,
  openApi,
  requestSchema,
  s3,
  string,
  timestamp,
  windowed,
} from '../index.ts'

const parcels = featureGroup('parcels', {
  from: [s3('parcels/*.csv')],
  columns: {
    depot: string({ length: 2, description: 'where it was sent' }),
    size: string({ oneOf: ['S', 'L'], nullable: true }),
    at: timestamp({ zone: 'UTC' }),
    stops: int({ min: 0, max: 9, unit: 'stops' }),
    grade: int({ oneOf: [1, 2], nullable: true }),
    courier: long(),
    price: decimal({ min: 0, max: 10 }),
    weight: double({ min: 0.5, nullable: true, unit: 'kg' }),
    insured: boolean(),
    due: date({ nullable: true }),
    slow: boolean(),
  },
  features: (row) => ({ hour: row.at.hour(), due_in: row.due.daysSince(row.at.date()) }),
  key: ['depot', 'at'],
  eventTime: (row) => row.at,
})
const { day } = windowed(parcels, {
  by: { day: ['depot'] },
  clock: (row) => row.at,
  every: '1 hour',
  maxAge: '1 day',
  features: () => ({ parcels: count().over('1 day') }),
})
const request = ['depot', 'size', 'at', 'stops', 'grade', 'courier', 'price', 'weight', 'insured', 'due'] as const
const pipeline = definePipeline({
  view: featureView('slow_parcels', parcels, {
    label: 'slow',
    request,
    features: ['hour', 'due_in', 'price', 'size'],
    join: [day],
  }),
  ...settings,
})

const document = openApi(pipeline)
const schemas = z.object({ components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }) })
const { Request, Prediction } = schemas.parse(document).components.schemas

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test('says what each field is, in the words of its column', () => {
    expect(Request).toMatchObject({
      additionalProperties: false,
      required: ['depot', 'at', 'stops', 'courier', 'price', 'insured'],
      properties: {
        depot: { type: 'string', maxLength: 2, description: 'where it was sent' },
        size: { type: ['string', 'null'], enum: ['S', 'L', null] },
        at: { type: 'string', format: 'date-time', description: 'UTC where it names no zone' },
        stops: { type: 'integer', minimum: 0, maximum: 9, description: 'in stops' },
        grade: { type: ['integer', 'null'], enum: [1, 2, null] },
        courier: { type: 'integer', format: 'int64', minimum: -Number.MAX_SAFE_INTEGER },
        price: { type: ['number', 'string'], minimum: 0, maximum: 10 },
        weight: { type: ['number', 'null'], minimum: 0.5, description: 'in kg' },
        due: { type: ['string', 'null'], format: 'date' },
      },
    })
  })

  test('says what comes back, feature by feature', () => {
    expect(Prediction).toMatchObject({
      properties: {
        features: {
          required: ['hour', 'due_in', 'price', 'size', 'day_parcels'],
          properties: {
            price: { properties: { value: { type: ['number', 'null'] } }, required: ['value'] },
            day_parcels: { required: ['value', 'age'] },
          },
        },
        missing: { items: { enum: ['hour', 'due_in', 'price', 'size', 'day_parcels'] } },
      },
    })
  })

  test('refuses what the predictor refuses', () => {
    const described = z.fromJSONSchema(structuredClone(Request ?? {}))
    const parses = requestSchema(contractOf(pipeline))
    const good = {
      depot: 'ab',
      size: 'S',
      at: '2001-01-01T00:00:00Z',
      stops: 3,
      grade: 1,
      courier: 7,
      price: 2.5,
      weight: 1,
      insured: true,
      due: '2001-01-02',
    }
    const values = fc.constantFrom<unknown>(
      null,
      true,
      'ab',
      'abc',
      '🛬🛬',
      'S',
      'L',
      '',
      0,
      1,
      2,
      3,
      9,
      10,
      0.5,
      0.25,
      2.5,
      -1,
      2 ** 31,
      2 ** 53,
      '2001-01-01T00:00:00Z',
      '2001-01-02',
      'yesterday',
      [],
      {},
    )
    const field = fc.constantFrom(...request.filter((name) => name !== 'price'))
    fc.assert(
      fc.property(field, values, (name, value) => {
        const sent = { ...good, [name]: value }
        // A column with a zone takes more than RFC 3339 has, and formats are no assertions in JSON Schema.
        fc.pre(!['at', 'due'].includes(name) || typeof value !== 'string' || value.startsWith('2001'))
        fc.pre(!(name === 'at' && value === '2001-01-02') && !(name === 'due' && value === '2001-01-01T00:00:00Z'))
        expect([name, value, described.safeParse(sent).success]).toEqual([name, value, parses.safeParse(sent).success])
      }),
      { numRuns: 500 },
    )
    expect(described.safeParse({ ...good, more: 1 }).success).toBe(false)
    expect(described.safeParse({ depot: 'ab' }).success).toBe(false)
  })

  test('decimals are numbers or text, days are text', () => {
    const parses = requestSchema(contractOf(pipeline)).parse({
      depot: 'ab',
      size: null,
      at: '2001-01-01T00:00:00',
      stops: 3,
      grade: null,
      courier: 7,
      weight: null,
      insured: true,
      price: '2.50',
      due: '2001-01-02',
    })
    expect(parses).toMatchObject({ price: 250n, due: 11_324, courier: 7n })
  })
})
