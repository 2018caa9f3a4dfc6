import { switchApplication } from './switch-application.ts'

export default switchApplication('start', 'STARTED')
