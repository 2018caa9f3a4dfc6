export const greet = async ({ name = 'nobody' }) => {
  console.log('greeting', name)
  return { greeting: `Hello, ${name}` }
}
