--- adopt-hold: moves a hold, and what it counts against the limit, to another owner (a visitor has logged in).
-- KEYS   see lib-open
-- ARGV   1 hold id, 2 from, 3 to, 4 max per person
-- Result adopted, record, quote: also when it is `to`'s already
-- Errors cold; gone; converting; limit, have; bound (it was placed in a turn that is another account's)
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
if not warm then return { 'cold' } end
expire_due()
local id, to = ARGV[1], ARGV[3]
local hold = find_hold(id)
if hold and hold.o == to then return show('adopted', id) end
if not hold or hold.o ~= ARGV[2] then return { 'gone' } end
if hold.s == 'converting' then return { 'converting' } end
local have = tonumber(redis.call('HGET', K.persons, to) or 0)
if have + #hold.u > tonumber(ARGV[4]) then return { 'limit', have } end
if hold.w and not hand_turn(hold.w, hold.o, to) then return { 'bound' } end
count_person(hold.o, -#hold.u)
count_person(to, #hold.u)
hold.o = to
save_hold(id, hold)
return show('adopted', id)
