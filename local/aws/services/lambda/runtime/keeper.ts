import { spawn } from 'node:child_process'
import { perPlatform } from '../../../core/per-platform.ts'

/** Lines `+ pid` and `- pid`; when they end, because their writer is gone, those that are left are killed. */
const script = `
live=' '
while read -r sign pid; do
  case $sign in
    +) live="$live$pid " ;;
    -) live="\${live%% $pid *} \${live#* $pid }" ;;
  esac
done
kill -9 $live 2>/dev/null
`

/** A small shell that outlives a killed platform: a frozen sandbox could not notice its parent's end by itself. */
export const keeperOf = perPlatform((platform) => {
  const { stdin } = spawn('sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  stdin.on('error', (error) =>
    platform.log('lambda', 'sandboxes are not kept', { level: 'error', error: error.message }),
  )
  platform.onClose(() => void stdin.end())
  return {
    started: (pid: number): void => void stdin.write(`+ ${pid}\n`),
    ended: (pid: number): void => void stdin.write(`- ${pid}\n`),
  }
})
