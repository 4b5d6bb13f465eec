--- take-token: a bucket that fills at a steady rate: one call takes one token, or is told to come back.
-- KEYS   1 bucket (hash: tokens, at ms)
-- ARGV   1 tokens a second, 2 capacity
-- Result taken
-- Errors empty
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local rate, capacity = tonumber(ARGV[1]), tonumber(ARGV[2])
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local since = math.max(0, now - tonumber(kept[2] or now))
local tokens = math.min(capacity, tonumber(kept[1] or capacity) + since * rate / 1000)
local taken = tokens >= 1
redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', taken and tokens - 1 or tokens), 'at', string.format('%.3f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil(capacity / rate * 1000) + 1000)
return { taken and 'taken' or 'empty' }
