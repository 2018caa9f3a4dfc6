import { AwsError } from '../../core/errors.ts'

/** The bytes of `bytes=0-99`, `bytes=100-` or `bytes=-10`; undefined for a header that S3 takes no notice of. */
export const byteRange = (header: string | undefined, size: number): { start: number; end: number } | undefined => {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < start) return undefined
  if (start >= size)
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', {
      status: 416,
      ActualObjectSize: size,
    })
  return { start, end }
}
