/** Whether an event's message is wanted. */
export type Filter = (message: string) => boolean
