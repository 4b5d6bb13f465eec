--- place-hold: takes all units of a hold, or none. One round trip.
-- KEYS   see lib-open, 11 turns
-- ARGV   1 hold id, 2 owner, 3 revision, 4 ttl ms, 5 max per person, 6 picks, 7 quote (kept as it is),
--        8 1: also outside the sales window (an organizer sells), 9 turn claim (see lib-turns) or ''
--        picks: [{c: blocks of units}] or [{p pool, a area id, q quantity, m at least}], an area at most once
-- Result held, record; and quote, when this id of this owner stands already
-- Errors cold; id_in_use; stale; not_on_sale, reason; taken, pick, unit ids; short, pick, left; limit, have; no_turn, reason, ms left or -1; again (unchanged, ask anew)
--- @include "lib-open"
--- @include "lib-gate"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
--- @include "lib-choose"
--- @include "lib-turns"
local id, owner = ARGV[1], ARGV[2]
if not warm then return { 'cold' } end
expire_due()
local standing = find_hold(id)
if standing then return standing.o == owner and show('held', id) or { 'id_in_use' } end
if ARGV[3] ~= gate.revision then return { 'stale' } end
local closed = not_on_sale(ARGV[8] ~= '1')
if closed then return { 'not_on_sale', closed } end
local turn, refused, left = claim_turn(ARGV[9], owner)
if refused then return { 'no_turn', refused, left } end
local chosen, owners, listed_ids, cursors = {}, {}, {}, {}
for i, pick in ipairs(cjson.decode(ARGV[6])) do
  local got, taken, cursor, listed, unfinished, walked
  if pick.c then
    got, taken = choose_block(pick.c)
    if not got then return { 'taken', i - 1, unpack(taken) } end
  else
    got, cursor, listed, unfinished, walked = choose_places(pick.p, pick.a, pick.q)
    if unfinished or #got < pick.m then
      if walked then settle(got, cursor, listed, pick.p) end
      if unfinished then return { 'again' } end
      return { 'short', i - 1, #got }
    end
    if walked then cursors[#cursors + 1], cursors[#cursors + 2] = 'n' .. pick.p, cursor end
  end
  for n, unit in ipairs(got) do
    mine[unit[1]] = true
    chosen[#chosen + 1] = unit
    -- What the cursor gave is in no list.
    if unit[4] > 0 and (not listed or n <= listed) then listed_ids[#listed_ids + 1] = unit[1] end
  end
end
local have = tonumber(redis.call('HGET', K.persons, owner) or 0)
if have + #chosen > tonumber(ARGV[5]) then return { 'limit', have } end
for _, unit in ipairs(chosen) do
  owners[#owners + 1], owners[#owners + 2] = unit[1], 'h:' .. id
  move(unit, 'f', 'h', 1)
end
redis.call('HSET', K.units, unpack(owners))
if #listed_ids > 0 then redis.call('ZREM', K.freed, unpack(listed_ids)) end
if #cursors > 0 then redis.call('HSET', K.meta, unpack(cursors)) end
count_person(owner, #chosen)
if turn then bind_turn(turn, owner) end
local record = save_hold(id, { o = owner, s = 'active', u = chosen, x = false, e = now + tonumber(ARGV[4]), w = turn }, ARGV[7])
close()
return { 'held', record }
