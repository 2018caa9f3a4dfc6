import * as z from 'zod'

/**
 * EventBridge's "Object Created" of S3, as far as we read it; AWS adds fields to it at will. Keys arrive as they are:
 * unlike in S3's own notifications a `+` is a plus.
 */
export const objectCreated = z
  .object({
    source: z.literal('aws.s3'),
    'detail-type': z.literal('Object Created'),
    time: z.iso.datetime(),
    detail: z.object({
      bucket: z.object({ name: z.string().min(1) }),
      object: z.object({
        key: z.string().min(1),
        size: z.int().nonnegative(),
        etag: z.string().min(1),
        'version-id': z.string().default(''),
        sequencer: z.string().regex(/^[0-9A-Fa-f]+$/),
      }),
    }),
  })
  .transform(({ time, detail: { bucket, object } }) => ({
    bucket: bucket.name,
    key: object.key,
    versionId: object['version-id'],
    etag: object.etag,
    size: object.size,
    sequencer: object.sequencer,
    time,
  }))
