const words = (hex: string) => Int32Array.from(hex.trim().split(/\s+/), (word) => Number.parseInt(word, 16))

/** FIPS 180-4, sections 4.2.2 and 5.3.3: fractional parts of the cube and square roots of the first primes. */
const constants = words(`
  428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5
  d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe 9bdc06a7 c19bf174
  e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da
  983e5152 a831c66d b00327c8 bf597fc7 c6e00bf3 d5a79147 06ca6351 14292967
  27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85
  a2bfe8a1 a81a664b c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070
  19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3
  748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2
`)
const start = words('6a09e667 bb67ae85 3c6ef372 a54ff53a 510e527f 9b05688c 1f83d9ab 5be0cd19')

/** The message, a one bit, zeros, and the length in bits, in blocks of 64 bytes. */
const padded = (message: Uint8Array) => {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64)
  bytes.set(message)
  bytes[message.length] = 0x80
  const view = new DataView(bytes.buffer)
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n)
  return view
}

// This runs at a Lambda's start, before any compiler has seen it: what would be a function or a list costs several times more.

const schedule = (w: Int32Array, view: DataView, block: number) => {
  for (let t = 0; t < 16; t += 1) w[t] = view.getInt32(block + t * 4)
  for (let t = 16; t < 64; t += 1) {
    const a = w[t - 15]!
    const b = w[t - 2]!
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3)
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10)
    w[t] = w[t - 16]! + s0 + w[t - 7]! + s1
  }
}

const compress = (hash: Int32Array, w: Int32Array) => {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[t]! + w[t]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c))
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  const after = [a, b, c, d, e, f, g, h]
  for (let at = 0; at < 8; at += 1) hash[at]! += after[at]!
}

/** SHA-256 of text in UTF-8, in hexadecimal (FIPS 180-4). Written out, since this package imports no platform. */
export const sha256 = (text: string): string => {
  const view = padded(new TextEncoder().encode(text))
  const hash = Int32Array.from(start)
  const w = new Int32Array(64)
  for (let block = 0; block < view.byteLength; block += 64) {
    schedule(w, view, block)
    compress(hash, w)
  }
  return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
