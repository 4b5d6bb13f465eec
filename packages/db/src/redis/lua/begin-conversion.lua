--- begin-conversion: active -> converting. From now on only the token's checkout, or the end of its time, moves the hold.
-- KEYS   see lib-open
-- ARGV   1 hold id, 2 owner, 3 token, 4 conversion ms
-- Result converting, record, quote: the same for the same token again
-- Errors cold; gone; held_by_other_checkout; used (another hold of its turn is, or was, checked out); not_on_sale, reason (the status only: who holds in time may buy after the sale's end)
--- @include "lib-open"
--- @include "lib-gate"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
if not warm then return { 'cold' } end
expire_due()
local id, token = ARGV[1], ARGV[3]
local hold = find_hold(id)
if not hold or hold.o ~= ARGV[2] then return { 'gone' } end
local closed = not_on_sale(false)
if closed then return { 'not_on_sale', closed } end
if hold.s == 'converting' and hold.t ~= token then return { 'held_by_other_checkout' } end
if hold.s == 'active' then
  if hold.w and not use_turn(hold.w, id) then return { 'used' } end
  hold.s, hold.t, hold.b, hold.c = 'converting', token, now, now + tonumber(ARGV[4])
  save_hold(id, hold)
end
return show('converting', id)
