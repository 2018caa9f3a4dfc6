import { changeRetention } from './change-retention.ts'

export default changeRetention('Decrease')
