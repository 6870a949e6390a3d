// node:crypto by hand, without waiting.
import crypto from 'node:crypto'
import { claimsFit, keySet, parts, run } from './frame.mjs'

const keys = new Map(keySet.keys.map(key => [key.kid, crypto.createPublicKey({ key, format: 'jwk' })]))

await run('by hand on node:crypto', `OpenSSL ${process.versions.openssl}`, token => {
  const { header, claims, input, signature } = parts(token)
  const key = keys.get(header.kid)
  return header.alg === 'RS256' && key !== undefined && crypto.verify('sha256', input, key, signature) && claimsFit(claims())
}, false)
