import { createServer } from 'node:http'

const accessKey = (header = '') => /Credential=([^/]+)/.exec(header)?.[1] ?? 'anonymous'

/** A stand-in for S3 and STS: keeps what is put, lends credentials, notes who asked. */
export const startObjectStore = async () => {
  const objects = new Map<string, Buffer>()
  const assumed: { role: string; by: string }[] = []
  const writers = new Set<string>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const url = new URL(request.url ?? '/', 'http://127.0.0.1')
      const by = accessKey(request.headers.authorization)
      if (request.method === 'PUT') {
        writers.add(by)
        objects.set(url.pathname, body)
        return response.end()
      }
      if (request.method === 'DELETE') {
        objects.delete(url.pathname)
        return response.writeHead(204).end()
      }
      if (request.method === 'GET') {
        const prefix = `${url.pathname.replace(/\/$/, '')}/${url.searchParams.get('prefix')}`
        const keys = [...objects.keys()]
          .filter((key) => key.startsWith(prefix))
          .map((key) => key.split('/').slice(2).join('/'))
        const contents = keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')
        return response.end(`<ListBucketResult>${contents}</ListBucketResult>`)
      }
      assumed.push({ role: new URLSearchParams(body.toString()).get('RoleArn') ?? '', by })
      return response.end(
        `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
        <AccessKeyId>ASIALENT</AccessKeyId><SecretAccessKey>lent</SecretAccessKey><SessionToken>session</SessionToken>
        <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    objects,
    assumed,
    writers,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
