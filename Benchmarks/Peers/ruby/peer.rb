# ruby-jwt, with keys that are kept. usage: ruby peer.rb FOLDER SECONDS; prints one JSON line.
require 'json'
require 'jwt'

BATCH = 100
folder, seconds = ARGV
text = ->(name) { File.read("#{folder}/#{name}") }
members = JSON.parse(text.('jwks.json'), symbolize_names: true)[:keys]
keys = members.to_h { |member| [member[:kid], JWT::JWK.import(member).keypair] }
options = { algorithms: ['RS256'], iss: text.('issuer'), verify_iss: true, aud: text.('client'), verify_aud: true }
verify = ->(token) { JWT.decode(token, nil, true, options) { |header| keys[header['kid']] } }
tokens = text.('rs256.tok').split

# A driver that accepts a changed signature measures nothing.
changed = tokens[0].dup
place = changed.rindex('.') + 20
changed[place] = changed[place] == 'A' ? 'B' : 'A'
begin
  verify.(changed)
  abort 'accepts a changed signature'
rescue JWT::DecodeError
  tokens.first(200).each(&verify)
end

samples = []
position = 0
stop = Process.clock_gettime(Process::CLOCK_MONOTONIC) + Float(seconds)
while Process.clock_gettime(Process::CLOCK_MONOTONIC) < stop
  start = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID, :nanosecond)
  BATCH.times do
    verify.(tokens[position])
    position = (position + 1) % tokens.size
  end
  samples << (Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID, :nanosecond) - start) / BATCH.to_f
end
samples.sort!
puts JSON.generate(peer: 'ruby-jwt (Ruby)', version: JWT.gem_version.to_s, batches: samples.size,
                   min_ns: samples.first.round, med_ns: samples[samples.size / 2].round)
