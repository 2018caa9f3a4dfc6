import { switchRule } from './switch-rule.ts'

export default switchRule('EnableRule', 'ENABLED')
