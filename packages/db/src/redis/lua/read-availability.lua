--- read-availability: counts and seat states at one moment.
-- KEYS   see lib-open
-- ARGV   none
-- Result read, seats (bytes), field, value, … of meta
-- Errors cold
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
if not warm then return { 'cold' } end
expire_due()
return { 'read', redis.call('GET', K.seats), unpack(redis.call('HGETALL', K.meta)) }
