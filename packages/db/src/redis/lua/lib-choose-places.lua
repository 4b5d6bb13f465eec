--- lib-choose-places: which places of an area a hold gets. Only reads, until settle().
-- Capacity and cursor of the pools that were asked for, read once a call. Every place below a cursor is taken or in the list of free ones.
local pools, looks_left = {}, 4096
local function pool_of(number)
  if not pools[number] then
    local limits = redis.call('HMGET', K.meta, 'c' .. number, 'n' .. number)
    pools[number] = { capacity = tonumber(limits[1]), cursor = tonumber(limits[2]) }
  end
  return pools[number]
end

-- Up to `want` places of an area: from the free list, then from the cursor on. Returns the units, the new cursor, how many came from the list, and
-- whether it gave up because this call has looked at 4,096 places (ask again).
local function choose_places(number, area, want)
  local got, base, pool = {}, number * 1e7, pool_of(number)
  if not pool.none_freed then
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', K.freed, base, base + 9999999, 'LIMIT', 0, want)) do
      got[#got + 1] = { id, number, -1, tonumber(string.match(id, ':(%d+)$')) }
    end
    -- Holds of one call take from the list; only settle() adds to it.
    pool.none_freed = #got == 0
  end
  local listed, cursor, missed = #got, pool.cursor, false
  while #got < want and cursor <= pool.capacity and looks_left > 0 do
    local ids = {}
    -- Above the cursor nearly everything is free, so as many looks as are wanted usually do; more only after a miss.
    for place = cursor, math.min(cursor + math.max(want - #got, missed and 64 or 1) - 1, pool.capacity) do ids[#ids + 1] = string.format('p:%s:%d', area, place) end
    missed, looks_left = true, looks_left - #ids
    for i, owner in ipairs(redis.call('HMGET', K.units, unpack(ids))) do
      if #got == want then break end
      if not owner then got[#got + 1] = { ids[i], number, -1, cursor } end
      cursor = cursor + 1
    end
  end
  return got, cursor, listed, #got < want and cursor <= pool.capacity
end

-- Written once for all that a call moves. A cursor that stays behind costs looks and nothing else.
local function move_cursor(number, cursor)
  local pool = pool_of(number)
  pool.moved = pool.moved or cursor ~= pool.cursor
  pool.cursor = cursor
end

local function write_cursors()
  for number, pool in pairs(pools) do
    if pool.moved then redis.call('HSET', K.meta, 'n' .. number, pool.cursor) end
  end
end

-- Not enough: remember how far the cursor came, so that no later request walks the same taken places again.
local function settle(number, got, cursor, listed)
  for i = listed + 1, #got do redis.call('ZADD', K.freed, number * 1e7 + got[i][4], got[i][1]) end
  if #got > listed then pool_of(number).none_freed = false end
  move_cursor(number, cursor)
end
