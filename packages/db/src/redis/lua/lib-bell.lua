--- lib-bell: tells the processes that listen that the event changed, at most once in 100 ms; whoever hears it looks twice.
-- A plain PUBLISH: any Redis from 6.2 knows it, and in a cluster it reaches subscribers of every node. (SPUBLISH begins with 7.0.)
-- Nothing depends on it: a ring may be lost, and listeners look by themselves every other second.
local rung = tonumber(fields[6]) or 0
local function ring()
  if now >= rung and now - rung < 100 then return end
  rung = now
  redis.call('HSET', KEYS[1], 'rung', now)
  redis.call('PUBLISH', (string.gsub(KEYS[1], 'meta$', 'changed')), '')
end
