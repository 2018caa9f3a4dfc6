/** The one message of SASL PLAIN (RFC 4616). */
export const plainMessage = (username: string, password: string): Buffer => Buffer.from(`\0${username}\0${password}`)
