--- complete-conversion: the units are the booking's now, whether the hold still stands or not: Mongo has decided.
-- KEYS   see lib-open
-- ARGV   1 hold id, 2 token, 3 change: the booking's mark, as in lib-claims
-- Result done
-- Errors cold (kept in the journal if a rebuild runs; else a rebuild will read Mongo)
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
--- @include "lib-claims"
if not warm then
  journal(ARGV[3])
  return { 'cold' }
end
expire_due()
apply_change(cjson.decode(ARGV[3]))
-- Marks have taken their units out of the hold. What is left was not bought, or its booking is gone already: free it.
local hold = find_hold(ARGV[1])
if hold and hold.s == 'converting' and hold.t == ARGV[2] then end_hold(ARGV[1], hold) end
close()
return { 'done' }
