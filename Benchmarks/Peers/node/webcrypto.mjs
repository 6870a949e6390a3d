// WebCrypto by hand, which always has to be waited for.
import { claimsFit, keySet, parts, run } from './frame.mjs'

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const keys = new Map()
for (const key of keySet.keys) keys.set(key.kid, await crypto.subtle.importKey('jwk', key, algorithm, false, ['verify']))

await run('by hand on WebCrypto', `OpenSSL ${process.versions.openssl}`, async token => {
  const { header, claims, input, signature } = parts(token)
  const key = keys.get(header.kid)
  return header.alg === 'RS256' && key !== undefined
    && await crypto.subtle.verify(algorithm.name, key, signature, input) && claimsFit(claims())
}, true)
