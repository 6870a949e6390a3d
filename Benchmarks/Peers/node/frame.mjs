// The frame of the drivers in JavaScript: node DRIVER FOLDER SECONDS; prints one JSON line.
import fs from 'node:fs'

const BATCH = 200
const [folder, seconds] = process.argv.slice(2)
const text = name => fs.readFileSync(`${folder}/${name}`, 'utf8')

export const issuer = text('issuer')
export const audience = text('client')
export const keySet = JSON.parse(text('jwks.json'))
const tokens = text('rs256.tok').trim().split('\n')

/** `verify` checks one token whole, or throws, or says false; `isAsync` when it must be waited for. */
export async function run(peer, version, verify, isAsync) {
  await prove(verify)
  const samples = []
  const end = Date.now() + 1000 * Number(seconds)
  for (let position = 0; Date.now() < end; position = (position + BATCH) % tokens.length) {
    const begin = process.cpuUsage()
    const batch = tokens.slice(position, position + BATCH)
    if (isAsync) for (const token of batch) await verify(token)
    else for (const token of batch) verify(token)
    const { user, system } = process.cpuUsage(begin)
    samples.push((user + system) * 1000 / batch.length)
  }
  samples.sort((a, b) => a - b)
  console.log(JSON.stringify({
    peer, version: `${version}, node ${process.versions.node}`, batches: samples.length,
    min_ns: Math.round(samples[0]), med_ns: Math.round(samples[samples.length >> 1])
  }))
}

/** A driver that accepts a changed signature measures nothing. */
async function prove(verify) {
  const place = tokens[0].lastIndexOf('.') + 20
  const changed = tokens[0].slice(0, place) + (tokens[0][place] === 'A' ? 'B' : 'A') + tokens[0].slice(place + 1)
  const accepts = async token => { try { return await verify(token) } catch { return false } }
  if (await accepts(changed)) throw Error('accepts a changed signature')
  for (const token of tokens) if (!await accepts(token)) throw Error('refuses a good token')
}

/** The three parts of a compact token that the drivers by hand work on. */
export function parts(token) {
  const first = token.indexOf('.')
  const second = token.lastIndexOf('.')
  const json = text => JSON.parse(Buffer.from(text, 'base64url').toString())
  return {
    header: json(token.slice(0, first)),
    claims: () => json(token.slice(first + 1, second)),
    input: Buffer.from(token.slice(0, second)),
    signature: Buffer.from(token.slice(second + 1), 'base64url')
  }
}

export const claimsFit = claims => claims.iss === issuer && claims.aud === audience && claims.exp > Date.now() / 1000
