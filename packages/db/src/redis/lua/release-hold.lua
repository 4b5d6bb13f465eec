--- release-hold: ends an active hold and frees its units.
-- KEYS   see lib-open
-- ARGV   1 hold id, 2 owner
-- Result released
-- Errors cold; gone; converting (a checkout has it: it is not released under the buyer's feet)
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
if not warm then return { 'cold' } end
expire_due()
local id = ARGV[1]
local hold = find_hold(id)
if not hold or hold.o ~= ARGV[2] then return { 'gone' } end
if hold.s == 'converting' then return { 'converting' } end
end_hold(id, hold)
close()
return { 'released' }
