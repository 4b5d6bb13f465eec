--- add-numbers: a block of numbers that Mongo has reserved: from the first, below the second. None of them was ever given.
-- KEYS   1 room
-- ARGV   1 from, 2 to, 3 history of the server that asked for it
-- Result added. A block that lies before what was given is nobody's then, also when it comes late or a second time, and of one behind it the
--        rest is: numbers only rise. So is one that another server asked for: that one may have given some of it.
--- @include "lib-history"
if ARGV[3] ~= history() then return { 'added' } end
local known, from = redis.call('HMGET', KEYS[1], 'at', 'to'), tonumber(ARGV[1])
local at, to = tonumber(known[1]), tonumber(known[2])
if not at or not to or from > to then
  redis.call('HSET', KEYS[1], 'at', from, 'to', ARGV[2], 'of', ARGV[3])
elseif to == from then
  redis.call('HSET', KEYS[1], 'to', ARGV[2])
end
redis.call('HDEL', KEYS[1], 'leased')
redis.call('PEXPIRE', KEYS[1], 604800000)
return { 'added' }
