export { rowsSql } from './rows-sql.ts'
export { sparkSettings } from './settings.ts'
export { windowsSql } from './windows-sql.ts'
