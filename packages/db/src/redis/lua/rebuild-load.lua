--- rebuild-load: runs one chunk of plain writes on the staging keys, if the lease is still this token's. A chunk sent twice runs once,
-- and none runs before the one in front of it: a chunk may overtake another that the server did not know the script for (NOSCRIPT).
-- KEYS   1 rebuild, 2 meta, 3 units, 4 seats, 5 holds, 6 expiries, 7 freed, 8 persons, 9 turns (2 to 9: the token's staging keys)
-- ARGV   1 token, 2 lease ms, 3 chunk number from 1, 4 staging ttl ms, 5 writes [[command, key number, argument, …], …], 6 seats (bytes) or ''
-- Result loaded
-- Errors fenced; gap (the chunk before this one has not come: send again after it)
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { 'fenced' } end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
local last, number = tonumber(redis.call('HGET', KEYS[2], 'chunk') or 0), tonumber(ARGV[3])
if last >= number then return { 'loaded' } end
if last + 1 < number then return { 'gap' } end
for _, write in ipairs(cjson.decode(ARGV[5])) do
  redis.call(write[1], KEYS[write[2]], unpack(write, 3))
end
if ARGV[6] ~= '' then redis.call('SET', KEYS[4], ARGV[6]) end
redis.call('HSET', KEYS[2], 'chunk', ARGV[3])
for i = 2, 9 do redis.call('PEXPIRE', KEYS[i], ARGV[4]) end
return { 'loaded' }
