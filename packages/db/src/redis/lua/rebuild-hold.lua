--- rebuild-hold: carries one standing hold, and the turn it was placed in, into the staging keys. Units that Mongo's claims have are lost to it.
-- KEYS   1-11 see lib-open, 12-19 staging: meta, units, seats, holds, expiries, freed, persons, turns
-- ARGV   1 token, 2 hold id, 3 record, 4 quote, 5 lease ms
-- Result loaded
-- Errors fenced
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
if redis.call('GET', K.rebuild) ~= ARGV[1] then return { 'fenced' } end
redis.call('PEXPIRE', K.rebuild, ARGV[5])
K.meta, K.units, K.seats, K.holds, K.expiries, K.freed, K.persons, K.turns =
  KEYS[12], KEYS[13], KEYS[14], KEYS[15], KEYS[16], KEYS[17], KEYS[18], KEYS[19]
local id, hold = ARGV[2], cjson.decode(ARGV[3])
if find_hold(id) then return { 'loaded' } end
local kept, lost = {}, hold.l or {}
for _, unit in ipairs(hold.u) do
  if redis.call('HSETNX', K.units, unit[1], 'h:' .. id) == 1 then
    kept[#kept + 1] = unit
    redis.call('ZREM', K.freed, unit[1])
    move(unit, 'f', 'h', 1)
  else
    lost[#lost + 1] = unit[1]
  end
end
if #kept > 0 then
  hold.u, hold.l = kept, #lost > 0 and lost or nil
  count_person(hold.o, #kept)
  save_hold(id, hold, ARGV[4])
  -- What Mongo says of the turn is there already, and stays. A visitor's may have gone on to an account.
  if hold.w then
    local bound = redis.call('HGET', K.turns, hold.w)
    if not bound or string.sub(bound, 1, 4) == 'vis_' then bind_turn(hold.w, hold.o) end
    if hold.s == 'converting' then use_turn(hold.w, id) end
  end
end
close()
return { 'loaded' }
