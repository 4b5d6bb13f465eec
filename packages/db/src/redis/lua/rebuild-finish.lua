--- rebuild-finish: replays the journal onto the staging keys, up to 50 entries a call; when it is empty, swaps them in and opens the epoch.
-- KEYS   1-11 see lib-open, 12-19 staging: meta, units, seats, holds, expiries, freed, persons, turns
-- ARGV   1 token (it becomes the epoch), 2 lease ms
-- Result done
-- Errors fenced (also when a gate of another shape came: this copy is useless, begin again); more (call again)
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-claims"
--- @include "lib-set-gate"
local token = ARGV[1]
if redis.call('GET', K.rebuild) ~= token then return { 'fenced' } end
redis.call('PEXPIRE', K.rebuild, ARGV[2])
local names = { 'meta', 'units', 'seats', 'holds', 'expiries', 'freed', 'persons', 'turns' }
local live = {}
for i, name in ipairs(names) do live[name], K[name] = K[name], KEYS[11 + i] end
for _, entry in ipairs(redis.call('LPOP', K.journal, 50) or {}) do
  local change = cjson.decode(entry)
  if not change.g then
    apply_change(change)
  elseif not set_gate(change.g) then
    redis.call('DEL', K.rebuild)
    return { 'fenced' }
  end
end
if redis.call('LLEN', K.journal) > 0 then return { 'more' } end

redis.call('HDEL', K.meta, 'chunk')
if redis.call('EXISTS', K.seats) == 0 then redis.call('SET', K.seats, '') end
redis.call('HSET', K.meta, 'epoch', token)
for _, hash in ipairs({ K.units, K.holds, K.persons, K.turns }) do redis.call('HSET', hash, '~', token) end
redis.call('ZADD', K.expiries, '+inf', '~')
redis.call('ZADD', K.freed, -1, '~')
redis.call('ZADD', K.gone, '+inf', '~')
for _, name in ipairs(names) do
  redis.call('UNLINK', live[name])
  redis.call('RENAME', K[name], live[name])
  redis.call('PERSIST', live[name])
end
redis.call('DEL', K.rebuild, K.journal)
ring()
return { 'done' }
