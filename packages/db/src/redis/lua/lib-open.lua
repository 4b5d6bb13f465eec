--- lib-open: what every script on an event starts with: the keys' names, the only clock, the gate, and whether the copy is whole.
-- KEYS   1 meta, 2 units, 3 seats, 4 holds, 5 expiries, 6 freed, 7 persons, 8 gone, 9 rebuild, 10 journal, 11 turns (see keys.ts)
-- Gives  K, now (ms), gate, warm. `warm`: there is an epoch and no key is lost; each of the eight always has a member `~`
--        (`seats` is set even when empty), so that a missing key can only mean a loss.
local K = {
  meta = KEYS[1], units = KEYS[2], seats = KEYS[3], holds = KEYS[4], expiries = KEYS[5],
  freed = KEYS[6], persons = KEYS[7], gone = KEYS[8], rebuild = KEYS[9], journal = KEYS[10], turns = KEYS[11],
}
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local fields = redis.call('HMGET', K.meta, 'epoch', 'revision', 'status', 'from', 'until', 'rung')
local gate = { revision = fields[2], status = fields[3], from = tonumber(fields[4]), till = tonumber(fields[5]) }
local warm = fields[1] and redis.call('EXISTS', K.units, K.seats, K.holds, K.expiries, K.freed, K.persons, K.gone, K.turns) == 8

-- A change that comes while the copy is being rebuilt waits in the journal; without a rebuild it is in Mongo already.
local function journal(entry)
  if redis.call('EXISTS', K.rebuild) == 0 then return false end
  redis.call('RPUSH', K.journal, entry)
  redis.call('PEXPIRE', K.journal, 600000)
  return true
end
