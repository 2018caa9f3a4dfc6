// serverless reads CommonJS; the roles are written in TypeScript.
module.exports = async ({ resolveVariable }) =>
  (await import('./roles.ts')).roles({
    stage: await resolveVariable('sls:stage'),
    region: await resolveVariable('self:provider.region'),
    hopsworksPrincipal: await resolveVariable('param:hopsworksPrincipal'),
  })
