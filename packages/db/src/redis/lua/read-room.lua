--- read-room: what who waits needs to know of this moment.
-- KEYS   1 room, 2 meta of the event's copy (see keys.ts)
-- ARGV   none
-- Result read, ms of the clock, next number or '' (not known), revision or '' (there is no copy)
local clock = redis.call('TIME')
local revision = redis.call('HGET', KEYS[2], 'revision')
return { 'read', clock[1] * 1000 + math.floor(clock[2] / 1000), redis.call('HGET', KEYS[1], 'at') or '', revision or '' }
