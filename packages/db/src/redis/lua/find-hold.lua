--- find-hold: a hold of this owner as it stands.
-- KEYS   see lib-open
-- ARGV   1 hold id, 2 owner
-- Result found, record, quote
-- Errors cold; gone (also when it is somebody else's: the id is a name, not a right)
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
if not warm then return { 'cold' } end
expire_due()
local hold = find_hold(ARGV[1])
if not hold or hold.o ~= ARGV[2] then return { 'gone' } end
return show('found', ARGV[1])
