--- sweep-event: ends due holds of an idle event.
-- KEYS   see lib-open
-- ARGV   none
-- Result swept, holds ended, 1 when more may be due
-- Errors cold
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
if not warm then return { 'cold' } end
local ended, more = expire_due()
return { 'swept', ended, more and 1 or 0 }
