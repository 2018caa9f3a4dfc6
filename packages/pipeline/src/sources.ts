import type { Duration } from './duration.ts'

/** Objects of the raw bucket whose key matches; `*` stands for any characters but `/`. */
export interface S3Source {
  readonly from: 's3'
  readonly glob: string
}

export interface KinesisSource {
  readonly from: 'kinesis'
  readonly stream: string
}

/** A table that is read on a schedule, from where the cursor column stood last. */
export interface PostgresSource {
  readonly from: 'postgres'
  readonly table: string
  readonly cursor: string
  readonly every: Duration
}

export type Source = S3Source | KinesisSource | PostgresSource

/** Parquet or CSV objects of the raw bucket, by key: `flights/*.parquet`. */
export const s3 = (glob: `${string}.${'csv' | 'parquet'}`): S3Source => ({ from: 's3', glob })
export const kinesis = (stream: string): KinesisSource => ({ from: 'kinesis', stream })
export const postgres = (options: Omit<PostgresSource, 'from'>): PostgresSource => ({ from: 'postgres', ...options })
