--- lib-holds: records of holds. {o owner, s state, u units, l lost unit ids, x extended, e expires at ms, t token, b conversion began,
-- c conversion ends, w number of the turn it was placed in}. The quote stands beside it as `q:<id>`, untouched. The score in `expiries` is when something is due for the hold.
--- @include "lib-turns"
local function find_hold(id)
  local raw = redis.call('HGET', K.holds, id)
  return raw and cjson.decode(raw)
end

local function save_hold(id, hold, quote)
  local record = cjson.encode(hold)
  if quote then
    redis.call('HSET', K.holds, id, record, 'q:' .. id, quote)
  else
    redis.call('HSET', K.holds, id, record)
  end
  redis.call('ZADD', K.expiries, hold.s == 'converting' and hold.c or hold.e, id)
  return record
end

local function drop_hold(id, hold)
  redis.call('HDEL', K.holds, id, 'q:' .. id)
  redis.call('ZREM', K.expiries, id)
  if hold.w then return_turn(hold.w, id) end
end

-- The unit is nobody's: `from` is h or t. A place below the cursor goes to the free list; above it the cursor will come by.
local function give_back(unit, from)
  redis.call('HDEL', K.units, unit[1])
  if unit[4] > 0 and unit[2] >= 0 and unit[4] < tonumber(redis.call('HGET', K.meta, 'n' .. unit[2])) then
    redis.call('ZADD', K.freed, unit[2] * 1e7 + unit[4], unit[1])
  end
  move(unit, from, 'f', 0)
end

local function end_hold(id, hold)
  for _, unit in ipairs(hold.u) do give_back(unit, 'h') end
  count_person(hold.o, -#hold.u)
  drop_hold(id, hold)
end

-- The unit goes to a claim: the hold shrinks and remembers what it lost; with nothing left it ends.
local function leave_hold(id, unit)
  local hold = find_hold(id)
  if not hold then return end
  local rest, lost = {}, hold.l or {}
  for _, kept in ipairs(hold.u) do
    if kept[1] == unit[1] then lost[#lost + 1] = kept[1] else rest[#rest + 1] = kept end
  end
  count_person(hold.o, #rest - #hold.u)
  hold.u, hold.l = rest, #lost > 0 and lost or nil
  if #rest == 0 then drop_hold(id, hold) else save_hold(id, hold) end
end

local function show(word, id)
  return { word, redis.call('HGET', K.holds, id), redis.call('HGET', K.holds, 'q:' .. id) }
end
