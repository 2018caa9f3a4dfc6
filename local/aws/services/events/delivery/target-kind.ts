/** What stands behind a target's ARN. */
export type TargetKind = 'function' | 'queue' | 'topic' | 'stream' | 'state machine' | 'log group'

const forms: readonly (readonly [TargetKind, RegExp])[] = [
  ['function', /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9-_]+(:[A-Za-z0-9-_$]+)?$/],
  ['queue', /^arn:aws:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9-_]+(\.fifo)?$/],
  ['topic', /^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]+$/],
  ['stream', /^arn:aws:kinesis:[a-z0-9-]+:\d{12}:stream\/[\w.-]+$/],
  ['state machine', /^arn:aws:states:[a-z0-9-]+:\d{12}:stateMachine:[^:]+(:[^:]+)?$/],
  ['log group', /^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:[^:*]+(:\*)?$/],
]

/** The kind of a target, or undefined for what cannot be one here. */
export const targetKind = (arn: string): TargetKind | undefined => forms.find(([, form]) => form.test(arn))?.[0]
