// jose of panva, as Debian ships it.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { audience, issuer, keySet, run } from './frame.mjs'

const folder = '/usr/share/nodejs/jose'
const jose = createRequire(import.meta.url)(`${folder}/dist/node/cjs/index.js`)
const version = JSON.parse(fs.readFileSync(`${folder}/package.json`)).version
const keys = jose.createLocalJWKSet(keySet)
const options = { issuer, audience, algorithms: ['RS256'] }

await run('jose (JavaScript)', version, async token => {
  const { payload } = await jose.jwtVerify(token, keys, options)
  return Boolean(payload.sub)
}, true)
