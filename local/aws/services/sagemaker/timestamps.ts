/** SageMaker's API speaks of seconds since 1970; records and events hold milliseconds. */
export const seconds = (ms: number) => ms / 1000

export const secondsOrNone = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000)
