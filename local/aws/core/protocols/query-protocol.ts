import { AwsError } from '../errors.ts'
import { queryMembers } from './query-members.ts'
import type { Protocol, Received } from './protocol.ts'
import { writeXml } from './xml.ts'

const namespaces: Record<string, string> = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  monitoring: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
  cloudformation: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
}

const members = (name: string) =>
  name === 'entry' ? { item: name, wrapped: false } : { item: 'member', wrapped: true }

/** A map member is written by the operation as a list of `{ key, value }` under `entry`. */
const wire = (status: number, root: string, service: string, content: string) => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<${root} xmlns="${namespaces[service] ?? ''}">${content}</${root}>\n`,
})

/** The parameters of a form body or a query. */
export const queryParameters = ({ url, body }: Pick<Received, 'url' | 'body'>): URLSearchParams =>
  new URLSearchParams(body.length > 0 ? body.toString() : url.split('?')[1])

/** `Action=…` in a form, XML back: STS, IAM, CloudFormation, CloudWatch, SNS. */
export const queryProtocol: Protocol = {
  invalid: 'ValidationError',
  input: (received) => {
    const parameters = [...queryParameters(received)].filter(
      ([name]) => name !== 'Action' && name !== 'Version' && !name.startsWith('X-Amz-'),
    )
    return queryMembers(parameters)
  },
  reply: (output, { requestId, service, name }) => {
    const result = writeXml(`${name}Result`, output ?? {}, members)
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`
    const reply = wire(200, `${name}Response`, service, result + metadata)
    return { ...reply, headers: { ...reply.headers, 'x-amzn-requestid': requestId } }
  },
  refuse: ({ code, message, status }, { requestId, service }) => {
    const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }
    const content = `${writeXml('Error', error, members)}<RequestId>${requestId}</RequestId>`
    const reply = wire(status, 'ErrorResponse', service, content)
    return { ...reply, headers: { ...reply.headers, 'x-amzn-requestid': requestId } }
  },
  unknown: ({ name }) => new AwsError('InvalidAction', `Could not find operation ${name}`),
}
