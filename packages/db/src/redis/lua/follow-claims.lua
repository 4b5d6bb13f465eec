--- follow-claims: applies one chunk of claim changes of one owner. Applied twice it changes nothing more.
-- KEYS   see lib-open
-- ARGV   1 change, as in lib-claims
-- Result applied: also when it waits in the journal of a rebuild
-- Errors cold (nothing to do: the rebuild that comes reads Mongo)
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
--- @include "lib-claims"
if not warm then return { journal(ARGV[1]) and 'applied' or 'cold' } end
expire_due()
apply_change(cjson.decode(ARGV[1]))
return { 'applied' }
