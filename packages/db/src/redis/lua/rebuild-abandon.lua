--- rebuild-abandon: gives the lease up after a failure, so that the next rebuilder need not wait for it to run out.
-- KEYS   see lib-open
-- ARGV   1 token
-- Result done: also when the lease is another's. The event stays cold.
if redis.call('GET', KEYS[9]) == ARGV[1] then redis.call('DEL', KEYS[9], KEYS[10]) end
return { 'done' }
