--- take-number: the next number of a waiting room, or the one that this person has.
-- KEYS   1 room, 2 passes, 3 turns
-- ARGV   1 person, 2 number on a pass the person has or '', 3 number whose turn is over or '', 4 pace: from, 5 since ms, 6 per minute
--        ('' before the opening), 7 reserve the next block when so few are left, 8 lease ms
-- Result number, the number, 1 when the next block should be reserved by the caller, history to add it with
-- Errors reserve, at least, history: the caller is to reserve a block and add it; wait: somebody else is doing so
--- @include "lib-history"
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local function is_his(number)
  return number and number ~= '' and number ~= ARGV[3] and redis.call('HEXISTS', KEYS[3], 'u:' .. number) == 0
end
local known, here = redis.call('HMGET', KEYS[1], 'at', 'to', 'leased', 'of'), history()
local at, to, leased = tonumber(known[1]), tonumber(known[2]) or 0, tonumber(known[3]) or 0
-- A server that came back older does not know how far it was. What Mongo reserves next is above all of it.
if known[4] ~= here then
  redis.call('HDEL', KEYS[1], 'at', 'to', 'leased')
  redis.call('HSET', KEYS[1], 'of', here)
  at, to, leased = nil, 0, 0
end
local function lease()
  if leased > now then return false end
  redis.call('HSET', KEYS[1], 'leased', now + tonumber(ARGV[8]))
  return true
end

-- The pass first: after a loss of Redis another device may have been given a later number meanwhile.
if is_his(ARGV[2]) then
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
  redis.call('PEXPIRE', KEYS[2], 604800000)
  return { 'number', tonumber(ARGV[2]), 0 }
end
local standing = redis.call('HGET', KEYS[2], ARGV[1])
if is_his(standing) then return { 'number', tonumber(standing), 0 } end
-- Above what the line has reached: turns that nobody waited for are not saved up for a rush.
local least = 0
if ARGV[4] ~= '' then
  least = math.floor(tonumber(ARGV[4]) + math.max(0, now - tonumber(ARGV[5])) * tonumber(ARGV[6]) / 60000) + 1
end
local number = math.max(at or 0, least)
if not at or number >= to then
  if lease() then return { 'reserve', least, here } end
  return { 'wait' }
end
redis.call('HSET', KEYS[1], 'at', number + 1)
redis.call('HSET', KEYS[2], ARGV[1], number)
for i = 1, 2 do redis.call('PEXPIRE', KEYS[i], 604800000) end
local few = to - number <= tonumber(ARGV[7]) and lease()
return { 'number', number, few and 1 or 0, here }
