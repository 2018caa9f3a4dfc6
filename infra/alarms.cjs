// serverless reads CommonJS; the alarms are written in TypeScript.
module.exports = async ({ resolveVariable }) =>
  (await import('./alarms.ts')).alarms({
    stage: await resolveVariable('sls:stage'),
    email: await resolveVariable('param:alertEmail'),
    errors: Number(await resolveVariable('param:alarmErrors')),
    latencyMs: Number(await resolveVariable('param:alarmLatencyMs')),
  })
