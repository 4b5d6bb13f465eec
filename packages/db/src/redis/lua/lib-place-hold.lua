--- lib-place-hold: takes all units of one hold, or none. What it changes is counted in `meta` by close(), once for all holds of a call.
-- wanted: {id, owner, revision, ttl (ms), max (per person), picks, quote (kept as it is), any_time (also outside the sales window: an organizer
-- sells), turn (claim, see lib-turns, or '')}; picks: [{c: blocks of units}] or [{p pool, a area id, q quantity, m at least}], an area at most once

-- Returns the units that the picks get, which of them came from the list of free places, and how far the cursors came; or nil and the answer.
local function choose(picks)
  local chosen, listed_ids, cursors = {}, {}, {}
  mine = {}
  for i, pick in ipairs(picks) do
    local got, taken, cursor, listed, unfinished
    if pick.c then
      got, taken = choose_block(pick.c)
      if not got then return nil, { 'taken', i - 1, unpack(taken) } end
    else
      got, cursor, listed, unfinished = choose_places(pick.p, pick.a, pick.q)
      if unfinished or #got < pick.m then
        settle(pick.p, got, cursor, listed)
        return nil, unfinished and { 'again' } or { 'short', i - 1, #got }
      end
      cursors[pick.p] = cursor
    end
    for n, unit in ipairs(got) do
      mine[unit[1]] = true
      chosen[#chosen + 1] = unit
      -- What the cursor gave is in no list.
      if unit[4] > 0 and (not listed or n <= listed) then listed_ids[#listed_ids + 1] = unit[1] end
    end
  end
  return chosen, listed_ids, cursors
end

local function place_hold(wanted)
  local id, owner = wanted.id, wanted.owner
  local standing = find_hold(id)
  if standing then return standing.o == owner and show('held', id) or { 'id_in_use' } end
  if wanted.revision ~= gate.revision then return { 'stale' } end
  local closed = not_on_sale(not wanted.any_time)
  if closed then return { 'not_on_sale', closed } end
  local turn, refused, left = claim_turn(wanted.turn, owner)
  if refused then return { 'no_turn', refused, left } end
  local chosen, listed_ids, cursors = choose(cjson.decode(wanted.picks))
  if not chosen then return listed_ids end
  local have = tonumber(redis.call('HGET', K.persons, owner) or 0)
  if have + #chosen > wanted.max then return { 'limit', have } end
  local owners = {}
  for _, unit in ipairs(chosen) do owners[#owners + 1], owners[#owners + 2] = unit[1], 'h:' .. id end
  redis.call('HSET', K.units, unpack(owners))
  for _, unit in ipairs(chosen) do move(unit, 'f', 'h', 1) end
  if #listed_ids > 0 then redis.call('ZREM', K.freed, unpack(listed_ids)) end
  for pool, cursor in pairs(cursors) do move_cursor(pool, cursor) end
  count_person(owner, #chosen)
  if turn then bind_turn(turn, owner) end
  return { 'held', save_hold(id, { o = owner, s = 'active', u = chosen, x = false, e = now + wanted.ttl, w = turn }, wanted.quote) }
end
