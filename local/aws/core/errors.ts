/** An error in AWS's own form: `__type` or `<Code>` is `code`; SDKs show it as `error.name`. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number
  readonly fields: Readonly<Record<string, unknown>>
  constructor(
    code: string,
    message: string,
    { status = 400, ...fields }: { status?: number; [field: string]: unknown } = {},
  ) {
    super(message)
    this.name = code
    this.code = code
    this.status = status
    this.fields = fields
  }
}
