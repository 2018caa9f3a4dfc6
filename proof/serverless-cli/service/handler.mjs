/** What an event holds, whatever it came by. */
const textsOf = ({ name, detail, Records = [] }) => [
  ...(name ? [name] : []),
  ...(detail ? [detail.name] : []),
  ...Records.map(({ body, kinesis, Sns, s3 }) => {
    if (kinesis) return JSON.parse(Buffer.from(kinesis.data, 'base64').toString()).name
    return body ?? Sns?.Message ?? s3.object.key
  }),
]

export const greet = async (event) => {
  const texts = textsOf(event)
  console.log('greeting', ...texts)
  return { greeting: `Hello, ${texts.join(' ') || 'nobody'}` }
}
