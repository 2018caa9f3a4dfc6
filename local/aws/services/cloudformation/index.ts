import type { Operation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'

export const operations: Operation[] = []

export const start = (_platform: Platform): void => {}
