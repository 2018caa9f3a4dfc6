import { switchRule } from './switch-rule.ts'

export default switchRule('DisableRule', 'DISABLED')
