--- count-free: how many units of an event are free, without the states of its seats: what a listing of many events shows.
-- KEYS   see lib-open
-- ARGV   none
-- Result counted, free units of all pools
-- Errors cold
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
if not warm then return { 'cold' } end
expire_due()
local free, pool = 0, 0
local count = redis.call('HGET', K.meta, 'f0')
while count do
  free = free + tonumber(count)
  pool = pool + 1
  count = redis.call('HGET', K.meta, 'f' .. pool)
end
return { 'counted', free }
