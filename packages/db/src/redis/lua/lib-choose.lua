--- lib-choose: which units a pick gets. Only reads, until settle(). `mine`: unit ids that this request has chosen already.
local mine = {}

-- The first candidate block that is wholly free, or nil and the ids that are taken.
local function choose_block(candidates)
  local taken, named = {}, {}
  for _, block in ipairs(candidates) do
    local ids = {}
    for i, unit in ipairs(block) do ids[i] = unit[1] end
    local owners, free = redis.call('HMGET', K.units, unpack(ids)), true
    for i, id in ipairs(ids) do
      if owners[i] or mine[id] then
        free = false
        if not named[id] then taken[#taken + 1] = id end
        named[id] = true
      end
    end
    if free then return block end
  end
  return nil, taken
end

-- Up to `want` places of an area: from the free list, then from the cursor on. Every place below the cursor is taken or in the list.
-- Returns the units, the new cursor, how many came from the list, whether it gave up after 4,096 looks (ask again), and whether the cursor moved.
local function choose_places(pool, area, want)
  local got, base = {}, pool * 1e7
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', K.freed, base, base + 9999999, 'LIMIT', 0, want)) do
    got[#got + 1] = { id, pool, -1, tonumber(string.match(id, ':(%d+)$')) }
  end
  local listed = #got
  local limits = redis.call('HMGET', K.meta, 'c' .. pool, 'n' .. pool)
  local capacity, cursor, looks = tonumber(limits[1]), tonumber(limits[2]), 0
  while #got < want and cursor <= capacity and looks < 4096 do
    local ids = {}
    -- Above the cursor nearly everything is free, so as many looks as are wanted usually do; more only after a miss.
    for place = cursor, math.min(cursor + math.max(want - #got, looks > 0 and 64 or 1) - 1, capacity) do ids[#ids + 1] = string.format('p:%s:%d', area, place) end
    looks = looks + #ids
    for i, owner in ipairs(redis.call('HMGET', K.units, unpack(ids))) do
      if #got == want then break end
      if not owner then got[#got + 1] = { ids[i], pool, -1, cursor } end
      cursor = cursor + 1
    end
  end
  return got, cursor, listed, #got < want and cursor <= capacity, looks > 0
end

-- Not enough yet: remember how far the cursor came, so that no later request walks the same taken places again.
local function settle(got, cursor, listed, pool)
  for i = listed + 1, #got do redis.call('ZADD', K.freed, pool * 1e7 + got[i][4], got[i][1]) end
  redis.call('HSET', K.meta, 'n' .. pool, cursor)
end
