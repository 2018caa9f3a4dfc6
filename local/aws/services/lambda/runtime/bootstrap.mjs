// Runs inside a sandbox: loads the function's unmodified bundle and answers the invocations that its parent sends.
import { existsSync, realpathSync } from 'node:fs'
import { createRequire, enableCompileCache, flushCompileCache, registerHooks } from 'node:module'
import { join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { formatWithOptions, types } from 'node:util'

enableCompileCache(process.argv[2])
process.argv.splice(2)

const post = process.send.bind(process)
const send = (message) => new Promise((resolve) => post(message, resolve))
delete process.send
process.on('disconnect', () => process.exit())

const write = { 1: process.stdout.write.bind(process.stdout), 2: process.stderr.write.bind(process.stderr) }
const flush = (fd, mark) => new Promise((resolve) => write[fd](mark, resolve))
/** Which of the two were written to since the last reply: only these need a mark. */
const used = new Set()
for (const [fd, stream] of [
  [1, process.stdout],
  [2, process.stderr],
]) {
  stream.write = (...given) => {
    used.add(fd)
    return write[fd](...given)
  }
}

const root = realpathSync(process.env.LAMBDA_TASK_ROOT)
const logGroup = process.env.AWS_LAMBDA_LOG_GROUP_NAME
const logStream = process.env.AWS_LAMBDA_LOG_STREAM_NAME
let current

const levels = { debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', trace: 'TRACE' }
for (const [method, level] of Object.entries(levels)) {
  console[method] = (...parts) =>
    process.stdout.write(
      `${new Date().toISOString()}\t${current?.requestId ?? 'undefined'}\t${level}\t${formatWithOptions({ colors: false }, ...parts)}\n`,
    )
}

class RuntimeError extends Error {
  constructor(name, message) {
    super(message)
    this.name = name
  }
}

const documentOf = (error) =>
  types.isNativeError(error) || (error && error.name && error.message && error.stack)
    ? { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] }

const inside = (place) => place.startsWith(root + sep)

// The zip holds all that a function has on Lambda: what lies above its folder on this machine is out of reach.
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const parent = context.parentURL?.startsWith('file:') ? fileURLToPath(context.parentURL) : undefined
    if (parent !== undefined && inside(parent) && found.url.startsWith('file:') && !inside(fileURLToPath(found.url))) {
      const missing = new Error(`Cannot find module '${specifier}' imported from ${parent}`)
      missing.code = 'ERR_MODULE_NOT_FOUND'
      throw missing
    }
    return found
  },
})

const load = async (path) => {
  const file = ['', '.js', '.mjs', '.cjs'].map((ending) => path + ending).find((place) => existsSync(place))
  if (file === undefined)
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${path.slice(root.length + 1)}'`)
  try {
    if (file.endsWith('.mjs')) return await import(pathToFileURL(file).href)
    try {
      return createRequire(join(root, 'index.js'))(file)
    } catch (error) {
      if (error?.code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error
      return await import(pathToFileURL(file).href)
    }
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('Runtime.UserCodeSyntaxError', String(error.stack))
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}`)
    }
    throw error
  }
}

const handlerOf = async (name) => {
  const [, module, path] = /^(.*?[^/.]+)\.(.+)$/.exec(name) ?? []
  if (module === undefined || name.includes('..')) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler')
  let found = await load(join(root, module))
  for (const member of path.split('.')) found = found?.[member]
  if (typeof found !== 'function')
    throw new RuntimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`)
  if (found.length >= 3) {
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later.',
    )
  }
  return found
}

const contextOf = ({ requestId, arn, remainingMs, clientContext }) => {
  const end = performance.now() + remainingMs
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: logGroup,
    logStreamName: logStream,
    ...(clientContext !== undefined && { clientContext }),
    invokedFunctionArn: arn,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(end - performance.now())),
  }
}

const serialised = (result) => {
  try {
    return result === undefined ? 'null' : JSON.stringify(result)
  } catch {
    throw new Error('Unable to stringify response body')
  }
}

const reply = async (message) => {
  const { mark } = current
  const marked = [...used]
  used.clear()
  await Promise.all(marked.map((fd) => flush(fd, mark)))
  current = undefined
  await send({ ...message, marked })
}

const die = (error, code) => {
  const failure = documentOf(error)
  process.stderr.write(
    `${new Date().toISOString()}\t${current?.requestId ?? 'undefined'}\tERROR\t${failure.errorType}: ${failure.errorMessage}\n`,
  )
  if (!current) return process.exit(code)
  void reply({ failed: failure, fatal: true }).then(() => process.exit(code))
}
process.on('uncaughtException', (error) => die(error, 129))
process.on('unhandledRejection', (reason) => {
  const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason))
  if (reason?.stack) error.stack = reason.stack
  die(error, 128)
})

let handler
try {
  handler = await handlerOf(process.env._HANDLER)
  await send({ ready: true })
  flushCompileCache() // it ends by SIGKILL
} catch (error) {
  await send({ unusable: documentOf(error) })
}

process.on('message', async (invocation) => {
  current = invocation
  try {
    const result = await handler(JSON.parse(invocation.payload), contextOf(invocation))
    await reply({ result: serialised(result) })
  } catch (error) {
    const failure = documentOf(error)
    console.error('Invoke Error', JSON.stringify({ ...failure, stack: failure.trace }))
    await reply({ failed: failure })
  }
})
