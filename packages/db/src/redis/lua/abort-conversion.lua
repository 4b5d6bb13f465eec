--- abort-conversion: converting -> active with the time it had left when the conversion began.
-- KEYS   see lib-open
-- ARGV   1 hold id, 2 token, 3 whether Mongo says that something else was bought in its turn: 1 or 0
-- Result done: also when there is no such conversion
-- Errors cold
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
if not warm then return { 'cold' } end
expire_due()
local hold = find_hold(ARGV[1])
if hold and hold.s == 'converting' and hold.t == ARGV[2] then
  hold.e = now + hold.e - hold.b
  hold.s, hold.t, hold.b, hold.c = 'active', nil, nil, nil
  save_hold(ARGV[1], hold)
  if hold.w and ARGV[3] == '1' then
    spend_turn(hold.w)
  elseif hold.w then
    return_turn(hold.w, ARGV[1])
  end
end
return { 'done' }
