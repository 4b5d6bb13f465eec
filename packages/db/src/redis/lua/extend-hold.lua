--- extend-hold: gives an active hold a whole new time, once.
-- KEYS   see lib-open
-- ARGV   1 hold id, 2 owner, 3 ttl ms
-- Result extended, record, quote
-- Errors cold; gone; converting; extended_already (what a repeated call finds, too); not_on_sale, reason
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-gate"
--- @include "lib-expire-due"
if not warm then return { 'cold' } end
expire_due()
local id = ARGV[1]
local hold = find_hold(id)
if not hold or hold.o ~= ARGV[2] then return { 'gone' } end
if hold.s == 'converting' then return { 'converting' } end
local closed = not_on_sale(false)
if closed then return { 'not_on_sale', closed } end
if hold.x then return { 'extended_already' } end
hold.x, hold.e = true, math.max(hold.e, now + tonumber(ARGV[3]))
save_hold(id, hold)
return show('extended', id)
