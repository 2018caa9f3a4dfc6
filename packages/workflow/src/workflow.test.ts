import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  approvalOf,
  cut,
  endpointName,
  featureWriterEvent,
  forStage,
  jobName,
  jobPrefix,
  logKey,
  NothingToTrainOn,
  parseLogKey,
  runIdOf,
  sagemakerName,
  splitsOf,
  trainingImage,
  UnknownTrainingImage,
} from './index.ts'

describe('names', () => {
  test('a run id follows from bucket, key and version alone', () => {
    const object = { bucket: 'raw', key: 'flights/week 1.parquet', versionId: 'v1' }
    expect(runIdOf('flight_delays', object)).toMatch(/^flight-delays-[0-9a-f]{24}$/)
    expect(runIdOf('flight_delays', { ...object })).toBe(runIdOf('flight_delays', object))
    expect(runIdOf('flight_delays', { ...object, versionId: 'v2' })).not.toBe(runIdOf('flight_delays', object))
  })

  test('parts of a run id cannot be mistaken for each other', () => {
    const a = runIdOf('p', { bucket: 'a', key: 'b","c', versionId: '' })
    const b = runIdOf('p', { bucket: 'a', key: 'b', versionId: 'c' })
    expect(a).not.toBe(b)
  })

  test('a name that is too long keeps its beginning and gets a hash', () => {
    expect(cut('short', 63)).toBe('short')
    const long = endpointName('a_pipeline_whose_name_fills_the_sixty_three_characters_of_hopsworks', 'dev')
    expect(long).toHaveLength(63)
    expect(long).toMatch(/^a-pipeline-whose-name-.*-[0-9a-f]{8}$/)
  })

  test('every execution name makes a valid, stable SageMaker name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80 }), fc.integer({ min: 40, max: 63 }), (run, max) => {
        const name = sagemakerName(`r${run}`, 'without-online', max)
        expect(name.length).toBeLessThanOrEqual(max)
        expect(name).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/)
        expect(name).toBe(sagemakerName(`r${run}`, 'without-online', max))
      }),
    )
  })

  test('every job of a run bears the prefix of its pipeline and stage, which its role is allowed by', () => {
    const long = 'a_pipeline_whose_name_fills_the_sixty_three_characters_of_hopsworks'
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 80 }),
        fc.constantFrom('flight_delays', long),
        fc.constantFrom('challenger', 'without-online', 'champion'),
        (runId, pipeline, part) => {
          const name = `${jobName({ pipeline, runId }, { stage: 'dev', part })}-99-99`
          expect(name.startsWith(jobPrefix(pipeline, 'dev'))).toBe(true)
          expect(name).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/)
          expect(name).not.toBe(`${jobName({ pipeline, runId }, { stage: 'prod', part })}-99-99`)
        },
      ),
    )
    expect(jobPrefix('flight_delays', 'dev')).toBe('flight-delays-dev-')
  })

  test('what a log key says is read back from it', () => {
    const parts = { date: '2001-01-03', clockFrom: -12, clockTo: 16_300_000, runId: 'flight-delays-0a1b', chunk: 11 }
    const key = logKey('flight_delays', 'flights', parts)
    expect(key).toBe('log/flight_delays/flights/date=2001-01-03/-12-16300000-flight-delays-0a1b-11.parquet')
    expect(parseLogKey(key)).toEqual({ key, ...parts })
    expect(parseLogKey('log/flight_delays/flights/date=2001-01-03/readme.txt')).toBeUndefined()
  })
})

describe('decisions', () => {
  test('splits are by time, newest last, and meet without a gap', () => {
    const day = 86_400_000
    const end = Date.UTC(2001, 0, 22)
    const newest = Date.UTC(2001, 0, 21, 23, 59)
    expect(splitsOf(newest, { historyMs: 60 * day, validationMs: 2 * day, testMs: 5 * day })).toEqual({
      train: { start: end - 60 * day, end: end - 7 * day },
      validation: { start: end - 7 * day, end: end - 5 * day },
      test: { start: end - 5 * day, end },
    })
    expect(() => splitsOf(newest, { historyMs: 7 * day, validationMs: 2 * day, testMs: 5 * day })).toThrow(
      NothingToTrainOn,
    )
  })

  test('a model below its gate is rejected under either policy, and a person approves where the policy says so', () => {
    expect(approvalOf('reject', 'automatically')).toBe('Rejected')
    expect(approvalOf('reject', 'by a person')).toBe('Rejected')
    expect(approvalOf('promote', 'automatically')).toBe('Approved')
    expect(approvalOf('promote', 'by a person')).toBe('PendingManualApproval')
  })

  test('every stage but prod is set like dev', () => {
    expect(forStage({ dev: 1, prod: 2 }, 'prod')).toBe(2)
    expect(forStage({ dev: 1, prod: 2 }, 'review-7')).toBe(1)
    expect(forStage('ml.m5.large', 'prod')).toBe('ml.m5.large')
  })

  test('an image is known by framework and region, or refused', () => {
    expect(trainingImage('sklearn-1.4-2', 'us-east-1')).toBe(
      '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-py312-cpu-py3',
    )
    expect(() => trainingImage('sklearn-0.1', 'us-east-1')).toThrow(UnknownTrainingImage)
    expect(() => trainingImage('sklearn-1.4-2', 'mars-1')).toThrow(UnknownTrainingImage)
  })
})

describe('hops', () => {
  const object = {
    bucket: 'raw',
    key: 'raw/flights/week-1.parquet',
    versionId: 'v1',
    etag: 'e',
    size: 10,
    sequencer: '0A1B',
    time: '2026-11-23T10:00:00Z',
  }
  const input = { runId: 'flight-delays-0a1b', pipeline: 'flight_delays', group: 'flights', object }

  test('feature-writer knows four steps and refuses what they do not name', () => {
    expect(featureWriterEvent.parse({ step: 'plan', ...input })).toEqual({ step: 'plan', ...input })
    expect(() => featureWriterEvent.parse({ step: 'plan', ...input, rows: [] })).toThrow(/rows/)
    expect(() => featureWriterEvent.parse({ step: 'guess', ...input })).toThrow()
  })
})
