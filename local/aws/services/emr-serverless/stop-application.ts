import { switchApplication } from './switch-application.ts'

export default switchApplication('stop', 'STOPPED')
