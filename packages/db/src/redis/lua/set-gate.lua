--- set-gate: an event's status, sales window, revision and capacities, from Mongo.
-- KEYS   see lib-open
-- ARGV   1 gate, as in lib-set-gate, wrapped as {g: gate}
-- Result applied: also when a newer one stands, or it waits in the journal of a rebuild
-- Errors cold (there is no copy, or this shape makes it useless: it is cold from now on)
--- @include "lib-open"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
--- @include "lib-set-gate"
if not warm then return { journal(ARGV[1]) and 'applied' or 'cold' } end
expire_due()
if set_gate(cjson.decode(ARGV[1]).g) then
  -- Nothing is sold any more and nothing ever will be: the copy goes, a week later (see keys.ts).
  local status = redis.call('HGET', K.meta, 'status')
  if status == 'cancelled' or status == 'completed' then
    for _, key in pairs(K) do redis.call('PEXPIRE', key, 604800000) end
  end
  return { 'applied' }
end
redis.call('HDEL', K.meta, 'epoch')
ring()
return { 'cold' }
