--- rebuild-begin: makes this token the one rebuilder, the event cold, and the journal open.
-- KEYS   see lib-open
-- ARGV   1 token, 2 lease ms, 3 force (1: also when warm)
-- Result started. Holds and the memory of freed owners stay where they are: nothing touches them while the event is cold.
-- Errors warm; busy (another token's lease runs)
--- @include "lib-open"
if warm and ARGV[3] ~= '1' then return { 'warm' } end
local leased = redis.call('GET', K.rebuild)
if leased and leased ~= ARGV[1] then return { 'busy' } end
redis.call('SET', K.rebuild, ARGV[1], 'PX', ARGV[2])
redis.call('DEL', K.journal)
redis.call('HDEL', K.meta, 'epoch')
return { 'started' }
