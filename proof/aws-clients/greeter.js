exports.handler = async (event) => {
  const texts = (event.Records ?? []).map(
    (record) => record.body ?? Buffer.from(record.kinesis.data, 'base64').toString(),
  )
  console.log(process.env.GREETING, event.name ?? texts.join(' '))
  if (event.fail) throw new RangeError('as asked')
  return { greeting: `${process.env.GREETING}, ${event.name}` }
}
