--- take-token: a bucket that fills at a steady rate: one call takes its tokens, or is told to come back.
-- KEYS   1 bucket (hash: tokens, at ms)
-- ARGV   1 tokens a second, 2 capacity, 3 tokens to take (1 when absent)
-- Result taken
-- Errors empty, ms until there are so many
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local rate, capacity, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3] or 1)
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local since = math.max(0, now - tonumber(kept[2] or now))
local tokens = math.min(capacity, tonumber(kept[1] or capacity) + since * rate / 1000)
local taken = tokens >= wanted
redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', taken and tokens - wanted or tokens), 'at', string.format('%.3f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil(capacity / rate * 1000) + 1000)
if taken then return { 'taken' } end
return { 'empty', math.ceil((wanted - tokens) / rate * 1000) }
