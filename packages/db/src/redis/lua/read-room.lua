--- read-room: what who waits needs to know of this moment.
-- KEYS   1 room, 2 meta of the event's copy (see keys.ts)
-- ARGV   none
-- Result read, ms of the clock, next number or '' (not known, also when this server's copy may be older than it was), revision or '' (there is no copy)
--- @include "lib-history"
local clock = redis.call('TIME')
local known = redis.call('HMGET', KEYS[1], 'at', 'of')
local revision = redis.call('HGET', KEYS[2], 'revision')
return { 'read', clock[1] * 1000 + math.floor(clock[2] / 1000), known[2] == history() and known[1] or '', revision or '' }
